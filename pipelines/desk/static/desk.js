// The desk: shows one figure after another, sends what is decided, and can be used by keys, mouse or finger alone.
(function () {
  "use strict";
  var body = document.body, words = JSON.parse(body.dataset.words), base = body.dataset.base, language = body.dataset.language;
  var items = [], at = 0, left = 0, done = 0, shown = null, busy = false, by = "", choosing = null, asked = 0, timer = 0, waiting = null;
  var KEYS = { a: "accept", n: "no_figure", r: "unread", m: "misprint", s: "skip", u: "undo" };

  function find(id) { return document.getElementById(id); }
  function make(tag, attributes, text) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    if (text !== undefined) { node.textContent = text; }
    return node;
  }
  function text(key, values) {
    return words[key].replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, function (_all, name, one, more) {
      return one === undefined ? values[name] : String(values[name]) === "1" ? one : more;
    });
  }
  function say(message, bad) {
    find("said").textContent = message;
    find("said").classList.toggle("bad", Boolean(bad));
  }

  // ---- what the server says
  function answered(response) {
    return response.json().then(function (found) {
      if (!response.ok) { throw Object.assign(new Error(found.error), { status: response.status }); }
      return found;
    });
  }
  function lost(error) { if (!error.status) { error.message = words.lost; } throw error; }
  function get(name, query) {
    return fetch(base + name + "?" + new URLSearchParams(Object.assign({ language: language }, query))).then(answered, lost);
  }
  function post(name, values) {
    return fetch(base + name + "?language=" + language, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) }).then(answered, lost);
  }

  // ---- one figure
  function chip(attribute, index) {
    var key = index === 9 ? "0" : String(index + 1);
    var item = make("li"), button = make("button", { type: "button", "class": "chip", "data-attribute": attribute.name, "aria-keyshortcuts": key });
    if (attribute.against) { button.classList.add("unsure"); }
    if (attribute.how === "stated") { button.classList.add("settled"); }
    button.appendChild(make("span", { "class": "label" }, attribute.label));
    button.appendChild(make("kbd", {}, key));
    button.appendChild(make("span", { "class": "shown" }, attribute.shown));
    if (attribute.how_shown || attribute.words) {
      button.appendChild(make("span", { "class": "how" }, [attribute.how_shown, attribute.words && "“" + attribute.words + "”"].filter(Boolean).join(" ")));
    }
    if (attribute.against) { button.appendChild(make("span", { "class": "how against" }, attribute.against)); }
    button.addEventListener("click", function () { change(attribute); });
    item.appendChild(button);
    if (attribute.others.length) {
      var row = make("span", { "class": "others" }, words.others + ": ");
      attribute.others.forEach(function (other) {
        var choice = make("button", { type: "button", "class": "other", title: "“" + other.words + "”" }, other.name);
        choice.addEventListener("click", function () { decide(attribute.name, other.code); });
        row.appendChild(choice);
      });
      item.appendChild(row);
    }
    return item;
  }
  function listed(id, rows) {
    var list = find(id).querySelector("ul");
    list.replaceChildren();
    rows.forEach(function (row) { list.appendChild(make("li", {}, row)); });
    find(id).hidden = !rows.length;
  }
  function mean(one) {
    var item = make("li"), row = make("p", { "class": "row" });
    row.appendChild(make("strong", {}, shown.printed + " → " + one.shown));
    ["accept", "reject"].forEach(function (what) {
      if (one.status === what + "ed") { return; }
      var button = make("button", { type: "button", "data-mean": what }, words["meant." + what]);
      button.addEventListener("click", function () { correct(one.value, what + "ed"); });
      row.appendChild(button);
    });
    item.appendChild(row);
    item.appendChild(make("p", { "class": "note" }, one.told));
    return item;
  }
  function draw(card) {
    shown = card;
    find("where").textContent = [card.report, card.place || card.section].filter(Boolean).join(" · ");
    var quote = find("sentence");
    quote.replaceChildren(document.createTextNode(card.sentence[0]), make("mark", {}, card.sentence[1]), document.createTextNode(card.sentence[2]));
    find("weight").textContent = [card.uses ? text("uses", { count: card.uses }) : words.uses_none, text("chance", { percent: Math.round(card.unsure * 100) })].join(" · ");
    find("chips").replaceChildren.apply(find("chips"), card.attributes.map(chip));
    find("meant").querySelector("ul").replaceChildren.apply(find("meant").querySelector("ul"), card.meant.map(mean));
    find("meant").hidden = !card.meant.length;
    listed("checks", card.checks.map(function (check) { return check.shown + ": " + check.message; }));
    listed("decisions", card.decisions.map(function (one) { return one.attribute + " → " + one.value + " (" + one.by + ", " + one.at + ")" + (one.reason ? ": " + one.reason : ""); }));
    find("card").hidden = false;
    find("nothing").hidden = true;
    count();
  }
  function count() {
    find("bar").max = Math.max(done + left, 1);
    find("bar").value = done;
    find("count").textContent = text("progress", { done: done, left: left });
  }
  function open(report, figure) {
    var first = find("card").hidden;
    if (first) { say(words.opening); }
    return get("card", { report: report, figure: figure }).then(function (card) {
      draw(card);
      if (first) { say(""); }
      find("reason").value = "";
      find("card").focus({ preventScroll: true });
      window.scrollTo(0, 0);
      ahead();
    });
  }
  // reading a report takes a moment: that of the next figure is read while this one is looked at
  function ahead() {
    var following = items[at + 1];
    if (following && following[0] !== shown.report) { get("card", { report: following[0], figure: following[1] }).catch(function () {}); }
  }
  function next() {
    if (at >= items.length) { return queue(); }
    return open(items[at][0], items[at][1]);
  }
  function queue() {
    return get("queue", { report: find("report").value }).then(function (found) {
      items = found.items;
      left = found.left;
      at = 0;
      if (items.length) { return open(items[0][0], items[0][1]); }
      shown = null;
      find("card").hidden = true;
      find("nothing").hidden = false;
      return count();
    });
  }
  // one thing at a time: a key that is pressed twice decides once, and what was asked for meanwhile is opened then
  function during(work, later) {
    if (busy) { waiting = later ? work : waiting; return; }
    busy = true;
    work().catch(function (error) {
      if (error.status === 409 && shown) {
        return open(shown.report, shown.figure).then(function () { say(text("other_decided", { what: error.message }), true); });
      }
      return say(error.message, true);
    }).then(function () {
      var following = waiting;
      busy = false;
      waiting = null;
      if (following) { during(following); }
      return load();
    });
  }

  // ---- what can be done
  function values(more) {
    return Object.assign({ report: shown.report, figure: shown.figure, by: by, reason: find("reason").value }, more);
  }
  function decide(attribute, value, link) {
    if (!shown) { return; }
    during(function () {
      var whole = attribute === "reading";
      var more = { attribute: attribute, value: value, seen: shown.seen };
      if (link) { more.link = link; }
      return post("decide", values(more)).then(function (card) {
        var last = card.decisions[card.decisions.length - 1];
        say(text("saved", { what: shown.printed + ": " + (last ? last.attribute + " → " + last.value : "") }) + (card.followers ? " · " + text("followed", { count: card.followers }) : ""));
        if (!whole) { return draw(card); }
        passed();
        return next();
      });
    });
  }
  function passed() {
    done += 1;
    left = Math.max(left - 1, 0);
    at += 1;
  }
  function act(name) {
    if (name === "undo") {
      during(function () {
        return post("undo", { by: by }).then(function (found) {
          if (!found.undone) { return say(words.nothing_to_undo); }
          if (shown && !(shown.report === found.undone.report && shown.figure === found.undone.figure)) {
            // it comes before what is shown now, which waits behind it
            items.splice(at, 0, [found.undone.report, found.undone.figure]);
            done = Math.max(done - 1, 0);
            left += 1;
          }
          draw(found.undone);
          return say(words.undone);
        });
      });
      return;
    }
    if (!shown) { return; }
    if (name === "accept") { decide("reading", "right"); }
    if (name === "unread") { decide("reading", "unread"); }
    if (name === "no_figure") { choose("reading", words.which_class); }
    if (name === "misprint") { choose("misprint", words.misprint_what); }
    if (name === "skip") {
      during(function () { say(""); at += 1; return at < items.length ? next() : queue(); });
    }
  }

  // ---- choosing
  function change(attribute) {
    choose(attribute.name, text("change_what", { label: attribute.label }));
  }
  function unit() {
    var found = shown.attributes.filter(function (one) { return one.name === "unit"; })[0];
    return found ? found.shown : "";
  }
  function choose(name, title) {
    if (busy || !shown || shown.removed) { return; }
    choosing = name;
    var number = name === "value" || name === "misprint";
    find("choose-title").textContent = title;
    find("wanted-label").textContent = number ? text("search_value", { unit: unit() }) : name === "period" ? words.search_period : words.search;
    find("wanted").value = "";
    find("wanted").inputMode = number ? "decimal" : "text";
    find("wanted-field").hidden = name === "reading" || name === "parent";
    find("link-field").hidden = name !== "parent";
    find("options").replaceChildren();
    find("choose").showModal();
    search();
  }
  function search() {
    var ticket = ++asked, name = choosing === "misprint" ? "value" : choosing;
    get("choices", { report: shown.report, figure: shown.figure, attribute: name, wanted: find("wanted").value }).then(function (found) {
      if (ticket !== asked || !choosing) { return; }
      var choices = found.choices;
      if (choosing === "misprint" && !find("wanted").value) {
        choices = shown.meant.filter(function (one) { return one.status === "proposed"; }).map(function (one) { return { code: one.value, name: one.shown }; });
      }
      if (found.links) {
        find("link").replaceChildren.apply(find("link"), found.links.map(function (one) { return make("option", { value: one.code }, one.name); }));
        choices = [{ code: "none", name: words.none }].concat(choices);
      }
      find("options").replaceChildren.apply(find("options"), choices.map(function (one, index) {
        var row = make("li", { role: "option", id: "option-" + index, "data-code": one.code, "aria-selected": String(index === 0) });
        row.appendChild(make("span", {}, one.name));
        if (choosing !== "parent" && choosing !== "reading" && one.code !== one.name) { row.appendChild(make("code", {}, one.code)); }
        row.addEventListener("click", function () { chosen(one.code); });
        return row;
      }));
      pointed();
      (find("wanted-field").hidden ? find(choosing === "parent" ? "link" : "options") : find("wanted")).focus();
    }).catch(function (error) { say(error.message, true); });
  }
  function selected() { return find("options").querySelector("[aria-selected=true]"); }
  function pointed() {
    var row = selected();
    if (row) {
      find("wanted").setAttribute("aria-activedescendant", row.id);
      find("options").setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    }
  }
  function move(step) {
    var rows = Array.from(find("options").children), index = rows.indexOf(selected());
    if (!rows.length) { return; }
    if (index >= 0) { rows[index].setAttribute("aria-selected", "false"); }
    rows[(index + step + rows.length) % rows.length].setAttribute("aria-selected", "true");
    pointed();
  }
  function chosen(code) {
    var name = choosing, link = find("link").value;
    find("choose").close();
    if (name === "misprint") { correct(code, "accepted"); }
    else { decide(name, code, name === "parent" && code !== "none" ? link : ""); }
  }
  function correct(value, status) {
    during(function () {
      return post("misprint", values({ value: value, status: status, seen: shown.corrected })).then(function (card) {
        draw(card);
        var one = card.meant.filter(function (found) { return found.value === value; })[0];
        say(text("saved", { what: shown.printed + " → " + (one ? one.shown : value) + " · " + words["meant." + status] }));
      });
    });
  }

  // ---- loading in the background
  function load() {
    clearTimeout(timer);
    return get("load", {}).then(function (found) {
      find("load").textContent = found.failed ? text("load_failed", { cause: found.failed }) : found.loading ? words.loading : found.waiting ? text("load_waiting", { count: found.waiting }) : done ? words.loaded : "";
      find("load-now").hidden = !found.waiting || found.loading;
      if (found.waiting || found.loading) { timer = setTimeout(load, 2000); }
    }).catch(function () { find("load").textContent = ""; });
  }

  // ---- root causes
  function cause(one) {
    var item = make("li", { "class": "cause", "data-cause": one.name });
    item.appendChild(make("h3", {}, [one.severity, one.report, one.cause || one.name].join(" · ")));
    if (one.became) { item.appendChild(make("p", { "class": "became" }, one.became)); }
    if (one.sentence[0] || one.sentence[1]) {
      var quote = make("blockquote", {}, one.sentence[0]);
      quote.appendChild(make("mark", {}, one.sentence[1]));
      quote.appendChild(document.createTextNode(one.sentence[2]));
      item.appendChild(quote);
    }
    function listing(rows) {
      var list = make("ul", { "class": "plain" });
      rows.forEach(function (row) {
        var line = list.appendChild(make("li", {}, row.text || row));
        if (row.formula) { line.appendChild(make("code", { "class": "formula" }, row.formula)); }
      });
      item.appendChild(list);
    }
    listing(one.findings);
    if (one.mends.length) { item.appendChild(make("p", { "class": "note" }, words.mends)); listing(one.mends); }
    var more = make("details");
    more.appendChild(make("summary", {}, words.letter));
    more.appendChild(make("pre", { "class": "letter", tabindex: "0" }, one.letter));
    item.appendChild(more);
    var place = make("p", { "class": "note" });
    place.appendChild(make("a", { href: one.page }, words.cause_page));
    item.appendChild(place);
    var field = make("p", { "class": "field reason" }), name = "reason-" + one.name, reason = make("input", { id: name, maxlength: "300", autocomplete: "off" });
    field.appendChild(make("label", { "for": name }, words.reason));
    field.appendChild(reason);
    item.appendChild(field);
    var row = make("p", { "class": "row", role: "group", "aria-label": one.cause || one.name });
    ["accepted", "rejected", "asked"].concat(one.became ? ["open"] : []).forEach(function (state) {
      var button = make("button", { type: "button", "data-state": state }, words["cause." + state]);
      button.addEventListener("click", function () { become(one, state, reason.value); });
      row.appendChild(button);
    });
    item.appendChild(row);
    return item;
  }
  function drawn(found) {
    find("cause-list").replaceChildren.apply(find("cause-list"), found.causes.map(cause));
    if (!found.causes.length) { find("causes-said").textContent = words.causes_none; }
  }
  function open_causes() { return get("causes", { report: find("report").value }).then(drawn); }
  function become(one, state, reason) {
    if (busy) { return; }
    busy = true;
    post("cause", { failure: one.name, state: state, by: by, reason: reason, seen: one.seen }).then(open_causes).then(function () {
      find("causes-said").textContent = text("saved", { what: [one.report, one.cause || one.name, words["cause." + state]].join(" · ") });
    }).catch(function (error) {
      if (error.status !== 409) { find("causes-said").textContent = error.message; return null; }
      return open_causes().then(function () { find("causes-said").textContent = text("other_decided", { what: error.message }); });
    }).then(function () { busy = false; });
  }
  function causes() {
    show("causes");
    open_causes().catch(function (error) { find("causes-said").textContent = error.message; });
  }

  // ---- from the beginning to figures and root causes, and back
  function show(part) {
    ["begin", "work", "causes"].forEach(function (id) { find(id).hidden = id !== part; });
  }
  function to(part) {
    if (part === "begin") { show(part); find("report").focus(); return; }
    by = find("by").value.trim();
    if (!by) { find("by").reportValidity(); return; }
    try { localStorage.setItem("fupin-reviewer", by); } catch (error) { /* a browser that keeps nothing asks again */ }
    if (part === "causes") { causes(); return; }
    show("work");
    shown = null;
    find("card").hidden = true;
    during(queue, true);
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (find("choose").open) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (event.target === find("link")) { return; }
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : -1);
      }
      if (event.key === "Enter" && event.target !== find("cancel")) {
        event.preventDefault();
        if (selected()) { chosen(selected().dataset.code); }
      }
      return;
    }
    if (find("work").hidden) { return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      if (event.key === "Escape") { find("card").focus(); }
      return;
    }
    if (/^[0-9]$/.test(event.key) && shown) {
      var attribute = shown.attributes[event.key === "0" ? 9 : Number(event.key) - 1];
      if (attribute) { event.preventDefault(); change(attribute); }
      return;
    }
    if (event.key === "c" && !event.repeat) { event.preventDefault(); to("causes"); return; }
    if (KEYS[event.key] && !event.repeat) { event.preventDefault(); act(KEYS[event.key]); }
  });
  document.querySelectorAll("[data-action]").forEach(function (button) {
    button.addEventListener("click", function () { act(button.dataset.action); });
  });
  document.querySelectorAll("[data-to]").forEach(function (button) {
    button.addEventListener("click", function () { to(button.dataset.to); });
  });
  find("begin").addEventListener("submit", function (event) { event.preventDefault(); to("work"); });
  find("wanted").addEventListener("input", search);
  find("cancel").addEventListener("click", function () { find("choose").close(); });
  find("choose").addEventListener("close", function () { choosing = null; asked += 1; find("card").focus({ preventScroll: true }); });
  find("load-now").addEventListener("click", function () { post("load", {}).then(load, function (error) { say(error.message, true); }); });
  try { find("by").value = localStorage.getItem("fupin-reviewer") || ""; } catch (error) { /* the field stays empty */ }
  get("queue", { report: "" }).then(function (found) {
    found.reports.forEach(function (report) { find("report").appendChild(make("option", { value: report }, report)); });
  }).catch(function (error) { say(error.message, true); find("work").hidden = false; });
})();

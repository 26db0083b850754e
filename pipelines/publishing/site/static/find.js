// Finds regions, indicators, reports and figures: names at once, figures of the chosen reports when they are asked for.
(function () {
  "use strict";
  var section = document.querySelector(".find");
  if (!section) { return; }
  var words = section.dataset, root = document.body.dataset.root, isChinese = document.documentElement.lang.indexOf("zh") === 0;
  var form = section.querySelector("form"), status = section.querySelector(".count"), target = section.querySelector(".found");
  var names = [], figures = {}, loaded = {}, most = 20, turn = 0;
  var kinds = words.kinds.split("|"), order = ["region", "indicator", "report", "figure"];

  window.fupinNames = function (_, rows) { names.push.apply(names, rows); };
  window.fupinFigures = function (report, rows) { figures[report] = rows; };

  function make(tag, attributes, text) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    if (text !== undefined) { made.textContent = text; }
    return made;
  }
  function load(path) {
    if (!loaded[path]) {
      loaded[path] = new Promise(function (done, failed) {
        var script = make("script", { src: path });
        script.async = false;
        script.onload = done;
        script.onerror = failed;
        document.head.appendChild(script);
      });
    }
    return loaded[path];
  }
  function fits(text, asked) {
    var lower = text.toLowerCase();
    return asked.every(function (word) { return lower.indexOf(word) >= 0; });
  }
  function shown(row) { return (isChinese && row[2]) || row[1]; }

  function group(kind, rows, total) {
    if (!rows.length) { return; }
    target.appendChild(make("h2", {}, kinds[order.indexOf(kind)] + " (" + total + ")"));
    var list = make("ul", { "class": "plain" });
    rows.forEach(function (row) {
      var item = make("li"), link = make("a", { href: root + row.href });
      link.appendChild(make("bdi", {}, row.text));
      item.appendChild(link);
      if (row.note) { item.appendChild(document.createTextNode(" ")); item.appendChild(make("bdi", { "class": "note" }, row.note)); }
      list.appendChild(item);
    });
    target.appendChild(list);
  }

  // where a figure stands follows from its number, as in the pages of reports
  function place(page, figure) {
    var number = Math.floor((figure - 1) / Number(words.perPage)) + 1;
    if (number > Number(words.lastPage)) { return page; }
    return (number > 1 ? page.replace(/\.html$/, "-p" + number + ".html") : page) + "#f" + figure;
  }

  function search() {
    var mine = ++turn, asked = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean), region = form.elements.region.value;
    keep();
    target.replaceChildren();
    status.textContent = "";
    if (!asked.length) { return; }
    var there = names.filter(function (row) {
      return fits(row[1] + "\n" + row[2], asked) && (!region || (row[0] === "report" ? row[4] === region : row[0] !== "region" || row[3].indexOf(region) >= 0));
    });
    order.slice(0, 3).forEach(function (kind) {
      var rows = there.filter(function (row) { return row[0] === kind; });
      group(kind, rows.slice(0, most).map(function (row) { return { text: shown(row), href: row[3] }; }), rows.length);
    });
    status.textContent = words.count.replace("{found}", there.length).replace("{all}", names.length);
    if (words.choice && !region) { status.textContent += " " + words.choose; return; }
    var reports = names.filter(function (row) { return row[0] === "report" && row[6] && (!region || row[4] === region); });
    status.textContent += " " + words.loading;
    Promise.all(reports.map(function (row) { return load(words.base + row[6]); })).then(function () {
      if (mine !== turn) { return; }
      var rows = [], total = 0, all = 0;
      reports.forEach(function (report) {
        var own = figures[report[5]] || [[]], sentences = own[0];
        own.slice(1).forEach(function (one) {
          all += 1;
          if (!fits(one[1] + "\n" + sentences[one[2]], asked)) { return; }
          total += 1;
          if (rows.length < most) { rows.push({ text: one[1], href: place(report[3], one[0]), note: report[5] + ": " + sentences[one[2]] }); }
        });
      });
      group("figure", rows, total);
      status.textContent = words.count.replace("{found}", there.length).replace("{all}", names.length) + " " + words.figures.replace("{found}", total).replace("{all}", all);
      if (total > rows.length || there.length > most) {
        var more = make("button", { type: "button" }, words.more);
        more.addEventListener("click", function () { most += 100; search(); });
        target.appendChild(more);
      }
    });
  }
  function keep() {
    var chosen = new URLSearchParams();
    ["q", "region"].forEach(function (name) { if (form.elements[name].value) { chosen.set(name, form.elements[name].value); } });
    try { window.history.replaceState(null, "", String(chosen) ? "?" + chosen : window.location.pathname); } catch (error) { /* files */ }
  }

  var asked = new URLSearchParams(window.location.search), timer = 0;
  Promise.all(words.scripts.trim().split(" ").map(load)).then(function () {
    var about = new Set(names.filter(function (row) { return row[0] === "report"; }).map(function (row) { return row[4]; }));
    names.forEach(function (row) {
      var code = row[0] === "region" && row[3].replace(/^.*\/|\.html$/g, "");
      if (code && about.has(code)) { form.elements.region.appendChild(make("option", { value: code }, shown(row))); }
    });
    form.hidden = false;
    ["q", "region"].forEach(function (name) { if (asked.get(name)) { form.elements[name].value = asked.get(name); } });
    search();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(function () { most = 20; search(); }, 150); });
})();

// What a page does beyond being read: lists that are searched and sorted, text to copy.
(function () {
  "use strict";
  var lists = {};

  function make(tag, attributes, text) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  // ---- lists: rows come from scripts of plain data, which are loaded when they are first needed
  window.fupinRows = function (name, rows) { if (lists[name]) { lists[name].push.apply(lists[name], rows); } };

  // values of regions below the provinces are numbers: they are written as the reader's language has them
  window.fupinValues = function (name, rows, units) {
    var section = document.querySelector("[data-list='" + name + "']"), language = document.documentElement.lang;
    var words = section.dataset.words.split("|"), isChinese = language.indexOf("zh") === 0;
    var number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
    window.fupinRows(name, rows.map(function (row) {
      var member = row[isChinese ? 5 : 4], unit = units[row[9]][isChinese ? 1 : 0], sign = unit && "\u202f" + unit;
      return [
        [row[isChinese ? 2 : 1] + (member ? (isChinese ? "：" : ": ") + member : ""), "regions/" + row[0] + ".html"], [row[3]],
        [number.format(row[6]) + sign, "", row[6], "number"],
        [row[7] === null ? "" : number.format(row[7]) + " – " + number.format(row[8]) + sign, "", null, "number"],
        [words[2 + row[11]]], [words[row[10]], "", null, row[10] ? "state disputed" : "state ok"], [""], [""]
      ];
    }));
  };

  function cellOf(packed, label, root) {
    var cell = make("td", { "data-label": label });
    if (packed[3]) { cell.className = packed[3]; }
    if (packed[4]) { cell.lang = packed[4]; }
    if (!packed[0]) { return cell; }
    var text = make("bdi", {}, packed[0]);
    if (packed[1]) {
      var link = make("a", { href: root + packed[1] });
      link.appendChild(text);
      cell.appendChild(link);
    } else {
      cell.appendChild(text);
    }
    return cell;
  }

  function listing(section) {
    var name = section.dataset.list, root = document.body.dataset.root;
    var scripts = (section.dataset.scripts + " " + (section.dataset.grows || "")).split(/\s+/).filter(Boolean);
    var form = section.querySelector("form"), body = section.querySelector("tbody");
    var heads = Array.from(section.querySelectorAll("thead th")), status = section.querySelector(".count");
    var labels = heads.map(function (head) { return head.textContent; });
    var order = { column: -1, down: false }, shown = 100, loading = null, asked = new URLSearchParams(window.location.search);
    var more = make("button", { type: "button" }, section.dataset.more);
    more.hidden = true;
    section.appendChild(more);
    form.hidden = false;

    function load() {
      if (loading) { return loading; }
      lists[name] = [];
      loading = Promise.all(scripts.map(function (path) {
        return new Promise(function (done, failed) {
          var script = make("script", { src: path });
          // in the order in which they are asked for
          script.async = false;
          script.onload = done;
          script.onerror = failed;
          document.head.appendChild(script);
        });
      })).then(function () { Array.from(form.querySelectorAll("select")).forEach(choices); });
      return loading;
    }

    // values of rows that the page does not hold
    function choices(select) {
      var known = new Set(Array.from(select.options).map(function (one) { return one.value; }));
      lists[name].forEach(function (row) {
        var value = row[Number(select.dataset.column)][0];
        if (!known.has(value)) { known.add(value); select.appendChild(make("option", { value: value }, value)); }
      });
      if (asked.has(select.name)) { select.value = asked.get(select.name); }
    }

    // the address keeps what is chosen, so that it can be passed on
    function keep() {
      var chosen = new URLSearchParams();
      Array.from(form.elements).forEach(function (field) { if (field.name && field.value) { chosen.set(field.name, field.value); } });
      asked = chosen;
      try {
        window.history.replaceState(null, "", (String(chosen) ? "?" + chosen : window.location.pathname) + window.location.hash);
      } catch (error) { /* a browser may refuse it for files */ }
    }

    function found() {
      var words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      var facets = Array.from(form.querySelectorAll("select")).filter(function (one) { return one.value; });
      var rows = lists[name].filter(function (row) {
        if (!facets.every(function (one) { return row[Number(one.dataset.column)][0] === one.value; })) { return false; }
        var text = row.map(function (cell) { return cell[0]; }).join("\n").toLowerCase();
        return words.every(function (word) { return text.indexOf(word) >= 0; });
      });
      if (order.column >= 0) {
        var key = function (row) {
          var cell = row[order.column];
          return typeof cell[2] === "number" ? cell[2] : cell[0];
        };
        rows.sort(function (a, b) {
          var x = key(a), y = key(b);
          var by = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), document.documentElement.lang);
          return order.down ? -by : by;
        });
      }
      return rows;
    }

    function draw() {
      load().then(function () {
        var rows = found(), page = document.createDocumentFragment();
        rows.slice(0, shown).forEach(function (row) {
          var line = make("tr");
          row.forEach(function (cell, index) { line.appendChild(cellOf(cell, labels[index], root)); });
          page.appendChild(line);
        });
        body.replaceChildren(page);
        more.hidden = rows.length <= shown;
        status.textContent = section.dataset[rows.length > shown ? "part" : "count"].replace("{found}", rows.length).replace("{all}", lists[name].length).replace("{shown}", shown);
      });
    }

    function changed() { shown = 100; draw(); }
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function () { keep(); changed(); });
    more.addEventListener("click", function () { shown += 200; draw(); });
    heads.forEach(function (head, index) {
      var button = make("button", { type: "button" }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", function () {
        order.down = order.column === index && !order.down;
        order.column = index;
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
        changed();
      });
    });
    // an address may choose: failures/index.html?severity=error
    var chosen = Array.from(form.elements).filter(function (field) { return field.name && asked.get(field.name); });
    chosen.forEach(function (field) { field.value = asked.get(field.name); });
    if (chosen.length || (body.rows.length >= 150 && !("grows" in section.dataset))) { draw(); }
    else if ("grows" in section.dataset) { more.hidden = false; }
  }

  // ---- text to copy
  function copyButton(code) {
    var words = document.body.dataset;
    var button = make("button", { type: "button", "class": "copy-it" }, words.copy);
    var host = code.parentElement.tagName === "PRE" ? code.parentElement : code;
    host.insertAdjacentElement("afterend", button);
    button.addEventListener("click", function () {
      function done() { button.textContent = words.copied; }
      function selected() {
        var range = document.createRange();
        range.selectNodeContents(code);
        window.getSelection().removeAllRanges();
        window.getSelection().addRange(range);
        if (document.execCommand("copy")) { done(); }
      }
      if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(code.textContent).then(done, selected); } else { selected(); }
    });
  }

  // ---- a letter on paper by itself
  function printButton(letter) {
    var button = make("button", { type: "button", "class": "copy-it" }, letter.dataset.print);
    letter.insertAdjacentElement("afterend", button);
    button.addEventListener("click", function () {
      letter.classList.add("alone");
      window.addEventListener("afterprint", function () { letter.classList.remove("alone"); }, { once: true });
      window.print();
    });
  }

  document.querySelectorAll("[data-list]").forEach(listing);
  document.querySelectorAll("code.copy").forEach(copyButton);
  document.querySelectorAll("pre.letter[data-print]").forEach(printButton);
})();

// A page of a report: its text and tables with the figures marked, the list of figures, readings at them, a file to take away.
(function () {
  "use strict";
  var section = document.querySelector(".report"), words = section.dataset, root = document.body.dataset.root;
  var fupin = window.fupin, make = fupin.make, data = fupin.there(words.report, words.page), own = {};
  data.figures.forEach(function (figure) { own[figure.figure_id] = figure; });

  function place(figure) { return own[figure] ? "#f" + figure : fupin.place(words.home, figure, words.perPage, words.pages); }

  // ---- the text and the tables
  function mark(figure, text, role, disputed) {
    return make("a", { "class": "fig role-" + role + (disputed ? " disputed" : ""), href: place(figure) }, text);
  }
  function fill(target, pieces) {
    pieces.forEach(function (piece) {
      if (piece === null) { target.appendChild(make("span", { "class": "cut", title: words.leftOut }, "[…]")); }
      else if (Array.isArray(piece)) { target.appendChild(mark(piece[0], data.text(piece[1]), data.text(piece[2]), piece[3])); }
      else if (piece < 0) { var one = own[-piece]; target.appendChild(mark(-piece, one.printed_text, one.role, one.status !== "ok")); }
      else { target.appendChild(document.createTextNode(data.text(piece))); }
    });
    return target;
  }
  function paper() {
    var made = make("div", { "class": "paper" });
    data.paper.forEach(function (block) { made.appendChild(fill(make(block[0] ? "h3" : "p"), block[1])); });
    return made;
  }
  function cellOf(cell) {
    if (!Array.isArray(cell)) { return fill(make("td"), [cell]); }
    var made = make(cell[3] ? "th" : "td", cell[3] ? { scope: "col" } : {});
    if (cell[1]) { made.rowSpan = cell[1] + 1; }
    if (cell[2]) { made.colSpan = cell[2] + 1; }
    return fill(made, cell[0]);
  }
  function grid(table) {
    var holder = make("div", { "class": "scroll paper", tabindex: "0", role: "group", "aria-label": data.text(table[0]) });
    var made = make("table", { "class": "grid" }), body = make("tbody");
    made.appendChild(make("caption")).appendChild(make("bdi", {}, data.text(table[1])));
    table[3].forEach(function (row) {
      var line = make("tr");
      row.forEach(function (cell) { line.appendChild(cellOf(cell)); });
      body.appendChild(line);
    });
    made.appendChild(body);
    holder.appendChild(made);
    if (table[2]) { holder.appendChild(make("p", { "class": "note", lang: document.documentElement.lang }, words.cut)); }
    return holder;
  }

  // ---- the list of figures
  function lines(cell, parts) {
    parts.filter(Boolean).forEach(function (part, index) {
      if (index) { cell.appendChild(make("br")); }
      cell.appendChild(part);
    });
    return cell;
  }
  function note(text) { return text && make("span", { "class": "note" }, text); }
  function together(nodes, between) {
    var made = document.createDocumentFragment();
    nodes.forEach(function (node, index) {
      if (index) { made.appendChild(document.createTextNode(between)); }
      made.appendChild(node);
    });
    return made;
  }
  function printed(figure, language) {
    var cell = make("th", { scope: "row" });
    var where = figure.sheet ? figure.sheet + " " + figure.cell + (figure.item ? ": " + figure.item : "") : figure.section;
    cell.appendChild(make("span", { "class": "id" }, figure.figure_id));
    cell.appendChild(document.createTextNode(" "));
    cell.appendChild(make("bdi", { lang: language }, figure.printed_text));
    if (where) {
      cell.appendChild(make("span", { "class": "note place" }))
        .appendChild(make("bdi", { lang: language }, where.length > 85 ? where.slice(0, 80) + " …" : where));
    }
    return cell;
  }
  function reading(figure) {
    var value = [make("strong", {}, figure.short)], kind = note(figure.kind_said);
    if (figure.status_said) { value.push(make("span", { "class": "badge disputed" }, figure.status_said)); }
    if (figure.parent) {
      kind.appendChild(document.createTextNode(" · "));
      kind.appendChild(make("a", { href: place(figure.parent) }, figure.link + " " + figure.parent));
    }
    return lines(make("td"), [together(value, " "), figure.span !== figure.short && note(figure.span), kind]);
  }
  function about(figure) {
    var names = (figure.names || []).map(data.text).concat(figure.period_said).filter(Boolean);
    var parts = names.map(function (name) { return make("span", { "class": "part" }, name); });
    var reviewed = figure.reviewed && make("span", { "class": "badge" }, "✓ " + figure.reviewed);
    return lines(make("td"), [parts.length && together(parts, " "), note(figure.decided), reviewed]);
  }
  function checks(figure) {
    var failing = (figure.failing || []).map(function (one) {
      var rule = data.text(one[2]), href = data.text(one[3]);
      var verdict = make("span", { "class": "severity " + data.text(one[0]) }, data.text(one[1]));
      return together([verdict, href ? make("a", { href: root + href }, rule) : document.createTextNode(rule)], " ");
    });
    var corrections = (figure.corrections || []).map(function (one) {
      var made = note(data.text(one[0]) + ": " + data.text(one[1]) + " (");
      made.appendChild(make("code", {}, data.text(one[2])));
      made.appendChild(document.createTextNode(")"));
      return made;
    });
    return lines(make("td"), failing.concat(corrections, note(figure.holding)));
  }
  function list(table) {
    var labels = Array.from(table.tHead.rows[0].cells).map(function (head) { return head.textContent; });
    var rows = document.createDocumentFragment(), language = document.querySelector("h1").lang;
    data.figures.forEach(function (figure) {
      var row = make("tr", { id: "f" + figure.figure_id });
      [printed(figure, language), reading(figure), about(figure), checks(figure)].forEach(function (cell, index) {
        cell.dataset.label = labels[index];
        row.appendChild(cell);
      });
      rows.appendChild(row);
    });
    table.tBodies[0].appendChild(rows);
  }

  // ---- readings at figures: a copy of the figure's row below, shown where the figure stands
  function readings(marks) {
    var tip = null, owner = null, pinned = false, timer = 0;
    function hide() {
      if (tip) { tip.remove(); owner.removeAttribute("aria-describedby"); owner.classList.remove("shown"); }
      tip = owner = null;
      pinned = false;
    }
    function later() { clearTimeout(timer); if (!pinned) { timer = setTimeout(hide, 200); } }
    function show(mark) {
      clearTimeout(timer);
      if (owner === mark) { return; }
      hide();
      var row = document.getElementById(mark.hash.slice(1));
      if (!row) { return; }
      owner = mark;
      tip = make("div", { "class": "tip", role: "tooltip", id: "reading", lang: document.documentElement.lang });
      Array.from(row.cells).slice(1).forEach(function (cell) {
        if (!cell.textContent.trim()) { return; }
        var part = make("p");
        Array.from(cell.childNodes).forEach(function (node) { part.appendChild(node.cloneNode(true)); });
        tip.appendChild(part);
      });
      document.body.appendChild(tip);
      var box = mark.getClientRects()[0], wide = document.documentElement.clientWidth;
      tip.style.left = Math.max(8, Math.min(box.left, wide - tip.offsetWidth - 8)) + window.scrollX + "px";
      tip.style.top = (box.bottom + tip.offsetHeight + 8 > window.innerHeight && box.top > tip.offsetHeight ? box.top - tip.offsetHeight - 4 : box.bottom + 4) + window.scrollY + "px";
      tip.addEventListener("mouseenter", function () { clearTimeout(timer); });
      tip.addEventListener("mouseleave", later);
      mark.setAttribute("aria-describedby", "reading");
      mark.classList.add("shown");
    }
    marks.forEach(function (mark) {
      mark.addEventListener("mouseenter", function () { if (!pinned) { show(mark); } });
      mark.addEventListener("mouseleave", later);
      mark.addEventListener("focus", function () { pinned = false; show(mark); });
      mark.addEventListener("blur", function (event) { if (!tip || !tip.contains(event.relatedTarget)) { later(); } });
      mark.addEventListener("click", function (event) {
        // the first tap shows the reading, the next one leads to the list
        if (pinned && owner === mark) { hide(); return; }
        event.preventDefault();
        show(mark);
        pinned = true;
      });
    });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); } });
    document.addEventListener("click", function (event) {
      if (tip && pinned && !tip.contains(event.target) && !event.target.closest(".fig")) { hide(); }
    });
  }

  // ---- all figures of the report as a file; no spreadsheet program takes a text for a formula
  function csv(figures) {
    function cell(value, isNumber) {
      var text = !isNumber && /^'*[=+\-@\t\r\n＝＋－＠]/.test(value) ? "'" + value : String(value);
      return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    }
    var names = window.fupinFields.csv, numbers = window.fupinFields.numbers;
    return [names.join(",")].concat(figures.map(function (figure) {
      return names.map(function (name) { return cell(figure[name], numbers.indexOf(name) >= 0); }).join(",");
    })).join("\n") + "\n";
  }
  function take() {
    var pages = Array.from({ length: Number(words.pages) }, function (_, index) { return index + 1; });
    Promise.all(pages.map(function (page) { return fupin.page(words.report, words.first, page); })).then(function (parts) {
      var found = [].concat.apply([], parts.map(function (part) { return part.figures; }));
      var address = URL.createObjectURL(new Blob([csv(found)], { type: "text/csv;charset=utf-8" }));
      make("a", { href: address, download: words.file }).click();
      setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
    });
  }

  var target = section.querySelector(".printed"), table = section.querySelector("table.figures"), button = section.querySelector(".take");
  if (target) {
    if (data.paper.length) { target.appendChild(paper()); }
    data.tables.forEach(function (one) { target.appendChild(grid(one)); });
  }
  if (table) { list(table); }
  readings(section.querySelectorAll("a.fig[href^='#']"));
  if (button) { button.hidden = false; button.addEventListener("click", take); }
  // the row that the address names has only now been drawn
  if (window.location.hash) { window.location.replace(window.location.hash); }
})();

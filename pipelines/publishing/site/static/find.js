// Finds regions, indicators, reports and figures: names at once, figures of the chosen reports when they are asked for.
(function () {
  "use strict";
  var section = document.querySelector(".find");
  if (!section) { return; }
  var words = section.dataset, root = document.body.dataset.root, isChinese = document.documentElement.lang.indexOf("zh") === 0;
  var form = section.querySelector("form"), status = section.querySelector(".count"), target = section.querySelector(".found");
  var fupin = window.fupin, make = fupin.make, names = [], most = 20, turn = 0;
  var kinds = words.kinds.split("|"), order = ["region", "indicator", "report", "figure"];

  window.fupinNames = function (_, rows) { names.push.apply(names, rows); };

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
    var pages = [];
    reports.forEach(function (row) {
      for (var page = 1; page <= row[7]; page += 1) { pages.push({ row: row, page: page }); }
    });
    Promise.all(pages.map(function (one) { return fupin.page(one.row[5], words.base + one.row[6], one.page); })).then(function (parts) {
      if (mine !== turn) { return; }
      var printed = [], beside = [], total = 0, all = 0;
      pages.forEach(function (one, index) {
        var report = one.row;
        parts[index].figures.forEach(function (figure) {
          all += 1;
          if (!fits(figure.printed_text + "\n" + figure.sentence, asked)) { return; }
          total += 1;
          // what is printed so comes before what stands in the same sentence
          var found = fits(figure.printed_text, asked) ? printed : beside;
          if (found.length < most) {
            found.push({ text: figure.printed_text, href: fupin.place(report[3], figure.figure_id, words.perPage, report[7]), note: report[5] + ": " + figure.sentence });
          }
        });
      });
      var rows = printed.concat(beside).slice(0, most);
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
  Promise.all(words.scripts.trim().split(" ").map(fupin.load)).then(function () {
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

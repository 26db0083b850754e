// Charts of many lines: pointing and keys tell a value, names keep lines in colour. Maps and flows: one year at a time.
(function () {
  "use strict";

  function many(figure) {
    var chart = figure.querySelector("svg.many"), reading = figure.querySelector(".reading");
    var lines = Array.from(chart.querySelectorAll("g.series"));
    var at = { line: -1, mark: 0 };
    reading.textContent = reading.dataset.hint;
    chart.setAttribute("tabindex", "0");
    chart.classList.add("live");

    function marks(line) { return Array.from(lines[line].querySelectorAll("g.mark")); }

    function tell(line, mark) {
      chart.querySelectorAll(".pointed").forEach(function (one) { one.classList.remove("pointed"); });
      at = { line: line, mark: mark };
      lines[line].classList.add("pointed");
      // what is drawn last lies on top
      lines[line].parentNode.appendChild(lines[line]);
      var found = marks(line)[mark];
      found.classList.add("pointed");
      reading.textContent = found.dataset.says;
    }

    chart.addEventListener("pointermove", function (event) {
      var best = null, least = Infinity;
      lines.forEach(function (group, line) {
        marks(line).forEach(function (mark, index) {
          var box = mark.getBoundingClientRect();
          var x = box.left + box.width / 2 - event.clientX, y = box.top + box.height / 2 - event.clientY;
          var far = x * x + y * y;
          if (far < least) { least = far; best = [line, index]; }
        });
      });
      if (best) { tell(best[0], best[1]); }
    });
    chart.addEventListener("keydown", function (event) {
      var step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (!step) { return; }
      event.preventDefault();
      if (at.line < 0) { tell(0, 0); return; }
      var year = Number(marks(at.line)[at.mark].dataset.year);
      var line = (at.line + step[0] + lines.length) % lines.length, there = marks(line);
      if (step[0]) {
        // the same year of the next line, or the nearest to it
        var near = there.reduce(function (best, mark, index) {
          return Math.abs(mark.dataset.year - year) < Math.abs(there[best].dataset.year - year) ? index : best;
        }, 0);
        tell(line, near);
      } else {
        tell(line, Math.max(0, Math.min(there.length - 1, at.mark + step[1])));
      }
    });
    Array.from(figure.querySelectorAll(".legend li")).forEach(function (item, number) {
      var button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "false");
      button.append.apply(button, Array.from(item.childNodes));
      item.replaceChildren(button);
      button.addEventListener("click", function () {
        var picked = lines[number].classList.toggle("picked");
        button.setAttribute("aria-pressed", String(picked));
        chart.classList.toggle("has-picked", Boolean(chart.querySelector(".picked")));
      });
    });
  }

  // one of several pictures at a time; the address keeps which
  function choice(select) {
    var parts = Array.from(document.querySelectorAll("[data-part]"));
    var asked = new URLSearchParams(window.location.search).get(select.name);
    select.closest("form").hidden = false;
    if (asked && Array.from(select.options).some(function (one) { return one.value === asked; })) { select.value = asked; }
    function show() {
      parts.forEach(function (part) { part.hidden = part.dataset.part !== select.value; });
    }
    select.addEventListener("change", function () {
      show();
      try { window.history.replaceState(null, "", "?" + select.name + "=" + select.value); } catch (error) { /* files */ }
    });
    show();
  }

  document.querySelectorAll(".series-chart:has(svg.many)").forEach(many);
  document.querySelectorAll("select.choice").forEach(choice);
})();

// The data of reports as `report_data.py` writes them: texts in the reader's language, rows with names.
(function () {
  "use strict";
  var fields = window.fupinFields, side = document.documentElement.lang.indexOf("zh") === 0 ? 1 : 0;
  var parts = {}, loaded = {}, otherwise = new Set(fields.otherwise);

  function opened(data) {
    function text(number) {
      var found = data.texts[number || 0];
      return Array.isArray(found) ? found[side] : found;
    }
    function named(names, row) {
      var one = {};
      names.forEach(function (name, index) { one[name] = otherwise.has(name) ? row[index] || 0 : text(row[index]); });
      return one;
    }
    var kinds = data.kinds.map(named.bind(null, fields.kind)), abouts = data.abouts.map(named.bind(null, fields.about));
    var figures = data.figures.map(function (row) {
      var one = named(fields.figure, row);
      return Object.assign(one, kinds[one.kind], abouts[one.about]);
    });
    return { text: text, figures: figures, paper: data.paper, tables: data.tables };
  }

  window.fupinReport = function (report, page, data) { parts[report + " " + page] = opened(data); };
  window.fupin = {
    make: function (tag, attributes, text) {
      var made = document.createElement(tag);
      Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
      if (text !== undefined) { made.textContent = text; }
      return made;
    },
    load: function (path) {
      loaded[path] = loaded[path] || new Promise(function (done, failed) {
        var script = window.fupin.make("script", { src: path });
        // in the order in which they are asked for
        script.async = false;
        script.onload = done;
        script.onerror = failed;
        document.head.appendChild(script);
      });
      return loaded[path];
    },
    // the data of a page: at once where they are there, and as a promise; `first` is the address of the first page's
    there: function (report, page) { return parts[report + " " + page]; },
    page: function (report, first, page) {
      if (window.fupin.there(report, page)) { return Promise.resolve(window.fupin.there(report, page)); }
      return window.fupin.load(window.fupin.part(first, page)).then(function () { return window.fupin.there(report, page); });
    },
    // a page of a report, or its data, from the first one's address
    part: function (first, page) { return page > 1 ? first.replace(/\.(html|js)$/, "-p" + page + ".$1") : first; },
    // where a figure stands follows from its number
    place: function (first, figure, perPage, pages) {
      var page = Math.floor((figure - 1) / perPage) + 1;
      return page > pages ? window.fupin.part(first, pages) + "#rest" : window.fupin.part(first, page) + "#f" + figure;
    }
  };
})();

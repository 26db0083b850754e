// The chosen theme, set before anything is drawn; without a choice the reader's system decides.
(function () {
  "use strict";
  try {
    var chosen = localStorage.getItem("fupin-theme");
    if (chosen === "light" || chosen === "dark") {
      document.documentElement.dataset.theme = chosen;
    }
  } catch (error) {
    // a browser that keeps nothing for files shows the system's theme
  }
})();

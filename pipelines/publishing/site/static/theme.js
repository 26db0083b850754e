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
  function isDark() {
    var chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function themeButton(button) {
    function name() { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; }
    button.hidden = false;
    name();
    button.addEventListener("click", function () {
      var chosen = isDark() ? "light" : "dark";
      document.documentElement.dataset.theme = chosen;
      try { localStorage.setItem("fupin-theme", chosen); } catch (error) { /* holds for this page only */ }
      name();
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("button.theme").forEach(themeButton);
  });
})();

"use strict";
(function () {
  function make(name, text) {
    var e = document.createElement(name);
    if (text) e.textContent = text;
    return e;
  }

  // Arms of a chart can be hidden, all but the last.
  function toggles(chart) {
    chart.querySelectorAll(".legend li").forEach(function (item) {
      var button = make("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      while (item.firstChild) button.appendChild(item.firstChild);
      item.appendChild(button);
      button.addEventListener("click", function () {
        var on = button.getAttribute("aria-pressed") === "true";
        if (on && chart.querySelectorAll(".legend button[aria-pressed=true]").length === 1) return;
        button.setAttribute("aria-pressed", String(!on));
        chart.querySelectorAll("g[data-arm='" + item.dataset.arm + "']").forEach(function (g) {
          g.classList.toggle("off", on);
        });
        chart.dispatchEvent(new Event("arms"));
      });
    });
  }

  // Values can be read off, with the pointer or a slider.
  function reader(chart, number) {
    var dates = chart.dataset.readings.split("|"), marks = chart.dataset.marks.split("|").map(Number);
    if (!chart.dataset.readings) return;
    var box = make("div"), label = make("label", "Read the values at a date (slide, or point at a panel)");
    var slider = make("input"), out = make("output");
    box.className = "reader";
    slider.type = "range";
    slider.min = 0;
    slider.max = dates.length - 1;
    slider.value = dates.length - 1;
    slider.id = "reader" + number;
    out.tabIndex = 0; // wide tables scroll in it
    out.setAttribute("aria-label", "Values at the date");
    label.htmlFor = slider.id;
    [label, slider, out].forEach(function (e) { box.appendChild(e); });
    chart.insertBefore(box, chart.querySelector(".panels").nextSibling);
    function row(name, cells) {
      var tr = make("tr");
      cells.forEach(function (text, i) {
        var cell = make(i === 0 || name === "head" ? "th" : "td", text);
        if (cell.tagName === "TH") cell.scope = name === "head" ? "col" : "row";
        tr.appendChild(cell);
      });
      return tr;
    }
    function show() {
      var at = Number(slider.value), table = make("table");
      var on = Array.from(chart.querySelectorAll(".legend li")).filter(function (item) {
        return item.querySelector("button").getAttribute("aria-pressed") === "true";
      });
      var head = make("thead"), body = make("tbody");
      table.appendChild(make("caption", "By " + dates[at]));
      head.appendChild(row("head", [" "].concat(on.map(function (item) { return item.textContent; }))));
      head.querySelector("th").textContent = "of 100 futures";
      chart.querySelectorAll(".panel").forEach(function (panel) {
        panel.querySelector(".cursor").setAttribute("x1", marks[at]);
        panel.querySelector(".cursor").setAttribute("x2", marks[at]);
        body.appendChild(row("body", [panel.querySelector(".panel-title").textContent].concat(on.map(function (item) {
          var g = panel.querySelector("g[data-arm='" + item.dataset.arm + "']");
          return g ? g.dataset.shown.split("|")[at] : "–";
        }))));
      });
      table.appendChild(head);
      table.appendChild(body);
      out.replaceChildren(table);
      slider.setAttribute("aria-valuetext", dates[at]);
    }
    function read() { chart.classList.add("reading"); show(); }
    slider.addEventListener("input", read);
    slider.addEventListener("focus", read);
    chart.addEventListener("arms", show);
    chart.querySelectorAll(".panel svg").forEach(function (svg) {
      svg.addEventListener("pointermove", function (event) {
        var r = svg.getBoundingClientRect(), x = (event.clientX - r.left) / r.width * svg.viewBox.baseVal.width, best = 0;
        marks.forEach(function (m, i) { if (Math.abs(m - x) < Math.abs(marks[best] - x)) best = i; });
        slider.value = best;
        read();
      });
    });
    show();
  }

  // Tables can be sorted by any column.
  function sortable(table) {
    var body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
    function key(row, i) {
      var cell = row.cells[i];
      return cell.dataset.sort !== undefined ? cell.dataset.sort : cell.textContent;
    }
    heads.forEach(function (th, i) {
      var button = make("button", th.textContent);
      button.type = "button";
      th.replaceChildren(button);
      button.addEventListener("click", function () {
        var down = th.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        th.setAttribute("aria-sort", down ? "descending" : "ascending");
        Array.from(body.rows).map(function (row, n) { return { row: row, key: key(row, i), n: n }; }).sort(function (a, b) {
          var x = Number(a.key), y = Number(b.key);
          var order = a.key !== "" && b.key !== "" && !isNaN(x) && !isNaN(y) ? x - y : a.key.localeCompare(b.key, "en");
          return (down ? -order : order) || a.n - b.n;
        }).forEach(function (entry) { body.appendChild(entry.row); });
      });
    });
  }

  // A link into something folded opens it.
  function unfold() {
    var at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var e = at; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (at) at.scrollIntoView();
  }

  document.querySelectorAll(".chart").forEach(function (chart, i) { toggles(chart); reader(chart, i); });
  document.querySelectorAll("table.sortable").forEach(sortable);
  addEventListener("hashchange", unfold);
  unfold();
})();

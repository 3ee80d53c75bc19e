"use strict";
(function () {
  function make(name, text) {
    var e = document.createElement(name);
    if (text) e.textContent = text;
    return e;
  }

  function row(cells, head) {
    var tr = make("tr");
    cells.forEach(function (text, i) {
      var cell = make(i === 0 || head ? "th" : "td", text);
      if (cell.tagName === "TH") cell.scope = head ? "col" : "row";
      tr.append(cell);
    });
    return tr;
  }

  function percent(p) {
    return p > 0 && p < 0.005 ? "< 1" : p < 1 && p > 0.995 ? "> 99" : (100 * p).toFixed(0);
  }

  // The cells of a line of a table: quotes may stand around one, an apostrophe before a sign of formulas.
  function fields(line) {
    return (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) || []).map(function (cell) {
      return cell.replace(/,$/, "").replace(/^"(.*)"$/, "$1").replace(/""/g, '"').replace(/^('*)'(?=[=+@-])/, "$1");
    });
  }

  // The curves of a figure can be read off at a date: its file of numbers has the columns
  // class, cause, arm, day, probability, mc low, mc high, parameter low, parameter high.
  function reader(figure, file) {
    var bytes = Uint8Array.from(atob(file.href.split(",")[1]), function (c) { return c.charCodeAt(0); });
    var lines = new TextDecoder().decode(bytes).split("\n").map(fields);
    var names = {"R3 misstep": "a misstep", "R3-R6 any": "a public step (R3 to R6)", "R7 any": "a covert step (R7)"};
    lines = lines.filter(function (l) { return curve(l); }); // others are differences, or have no precedent
    function all(write) { return Array.from(new Set(lines.map(write))); }
    function curve(l) { return names[l[0] + " " + l[1]]; }
    var days = all(function (l) { return l[3]; }), arms = all(function (l) { return l[2]; }), curves = all(curve);
    var box = make("div"), label = make("label", "Read the values at a time"), slider = make("input");
    var out = make("output");
    box.className = "reader";
    slider.type = "range";
    slider.min = 0;
    slider.max = slider.value = days.length - 1;
    slider.id = label.htmlFor = "reader";
    out.tabIndex = 0; // wide tables scroll in it
    out.setAttribute("aria-label", "Values at the time");
    box.append(label, slider, out);
    figure.after(box);
    function show() {
      var day = days[slider.value], table = make("table"), head = make("thead"), body = make("tbody");
      var when = "After " + Math.round(day) + " days (" + (day / 365.25).toFixed(1) + " years)";
      head.append(row(["of 100 futures"].concat(arms), true));
      curves.forEach(function (name) {
        body.append(row([name].concat(arms.map(function (arm) {
          var l = lines.find(function (l) { return l[3] === day && l[2] === arm && curve(l) === name; });
          if (!l) return "–";
          var at = l[7] !== l[8] ? 7 : 5; // what the assumptions leave open, or chance alone
          return percent(+l[4]) + " (" + percent(+l[at]) + " to " + percent(+l[at + 1]) + ")";
        }))));
      });
      table.append(make("caption", when), head, body);
      out.replaceChildren(table);
      slider.setAttribute("aria-valuetext", when);
    }
    slider.addEventListener("input", show);
    show();
  }

  // Tables can be sorted by any column: numbers first, as numbers, then words.
  function sortable(table) {
    var body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (th, i) {
      var button = make("button", th.textContent);
      button.type = "button";
      th.replaceChildren(button);
      button.addEventListener("click", function () {
        var down = th.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        th.setAttribute("aria-sort", down ? "descending" : "ascending");
        function compare(a, b) {
          var s = a.cells[i].textContent, t = b.cells[i].textContent;
          var x = parseFloat(s.replace("−", "-")), y = parseFloat(t.replace("−", "-"));
          return isNaN(x) || isNaN(y) ? isNaN(x) - isNaN(y) || s.localeCompare(t, "en") : x - y;
        }
        Array.from(body.rows).sort(function (a, b) { return down ? compare(b, a) : compare(a, b); })
          .forEach(function (r) { body.append(r); });
      });
    });
  }

  // A link into something folded opens it.
  function unfold() {
    var at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var e = at; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (at) at.scrollIntoView();
  }

  var figure = document.getElementById("figure-escalation");
  if (figure) reader(figure, document.querySelector("[download='escalation.csv']"));
  document.querySelectorAll("#assumptions table, #record table").forEach(sortable);
  addEventListener("hashchange", unfold);
  unfold();
})();

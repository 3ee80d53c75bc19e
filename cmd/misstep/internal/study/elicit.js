"use strict";
(() => {
  const form = document.getElementById("form"), names = ["lowest", "highest", "best", "confidence"];
  const cell = s => /[",\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s;
  const plain = /^[-−+]?((?:\d+[.,]?|(?=[.,]\d)[.,])\d*)(?:e[-+]?\d+)?$/i, years = 365.25;
  // A number as elicit read takes it, in days of a duration, or what is wrong with it.
  function number(text, name, duration) {
    let digits = text, days = 1;
    if (name === "confidence") digits = text.replace(/\s*%$/, "");
    else if (duration && /[dwy]$/.test(text)) {
      days = { d: 1, w: 7, y: years }[text.slice(-1)];
      digits = text.slice(0, -1);
    }
    if (/,\d{3}(?!\d)/.test(digits)) return "Please write 1000 without a separator, and decimals with a point.";
    const m = plain.exec(digits), x = m ? days * Number(digits.replace(",", ".").replace("−", "-")) : NaN;
    if (!Number.isFinite(x) || (Math.abs(x) < 1e-307 && /[1-9]/.test(m[1]))) {
      return duration && name !== "confidence" ? "Please write days as 196, weeks as 28w or years as 5y."
        : "Please write numbers, without units.";
    }
    return x;
  }
  function wrong(set) {
    const d = set.dataset, a = names.map(n => set.querySelector("[name=" + n + "]").value.trim());
    if (a.every(x => x === "")) return "";
    if (a.some(x => x === "")) return "Please fill in all four, or none.";
    const v = a.map((x, i) => number(x, names[i], d.duration === "true")), bad = v.find(x => typeof x === "string");
    if (bad) return bad;
    const [l, h, b, sure] = v, lo = Number(d.lo || -Infinity), hi = Number(d.hi || Infinity);
    if ([l, h, b].some(x => x < lo || x > hi)) return "It may be: " + d.domain + ".";
    if (d.whole === "true" && ![l, h, b].every(Number.isInteger)) return "Please write whole numbers.";
    if (l >= h) return "The lowest has to lie below the highest.";
    if (b < l || b > h) return "The best has to lie between the two.";
    if ((b === l && b > lo) || (b === h && b < hi)) {
      return "The best is taken for the middle of what is plausible: it has to lie between the two, not on one.";
    }
    if (sure <= 50 || sure > 100) return "How sure: above 50, at most 100.";
    return "";
  }
  function table() {
    const who = document.getElementById("expert").value.trim();
    const rows = ["form,scenario,expert,number,question,unit,domain,lowest,highest,best,confidence"];
    for (const set of form.querySelectorAll("fieldset")) {
      const d = set.dataset;
      const a = names.map(n => {
        const x = set.querySelector("[name=" + n + "]").value.trim();
        return typeof number(x, n, d.duration === "true") === "number" ? x.replace(",", ".") : x;
      });
      const row = [form.dataset.form, form.dataset.scenario, who, d.number, d.question, d.unit, d.domain, ...a];
      rows.push(row.map(cell).join(","));
    }
    return rows.join("\n") + "\n";
  }
  form.addEventListener("input", () => { document.getElementById("table").value = table(); });
  form.addEventListener("submit", e => e.preventDefault());
  form.addEventListener("change", e => {
    const set = e.target.closest("fieldset");
    if (!set) return;
    const p = set.querySelector(".wrong");
    p.textContent = wrong(set);
    p.hidden = p.textContent === "";
  });
  document.getElementById("save").addEventListener("click", () => {
    const said = document.getElementById("said"), who = document.getElementById("expert").value.trim();
    const bad = [...form.querySelectorAll("fieldset")].find(s => wrong(s) !== "");
    if (who === "") {
      said.textContent = "Please write a name first.";
      document.getElementById("expert").focus();
      return;
    }
    if (bad) { said.textContent = wrong(bad); bad.querySelector("input").focus(); return; }
    document.getElementById("table").value = table();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([table()], { type: "text/csv" }));
    link.download = "answers-" + who.replace(/[^\p{L}\p{N}]+/gu, "-") + ".csv";
    link.click();
    said.textContent = "Saved as " + link.download + ".";
  });
})();

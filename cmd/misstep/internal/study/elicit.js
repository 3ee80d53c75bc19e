"use strict";
(() => {
  const form = document.getElementById("form"), names = ["lowest", "highest", "best", "confidence"];
  const cell = s => /[",\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s;
  const value = s => Number(s.replace(",", ".").replace(/\s*(%|[dwy])$/, "").replace("−", "-"));
  function wrong(set) {
    const a = names.map(n => set.querySelector("[name=" + n + "]").value.trim());
    if (a.every(x => x === "")) return "";
    if (a.some(x => x === "")) return "Please fill in all four, or none.";
    const [low, high, best, sure] = a.map(value);
    if ([low, high, best, sure].some(Number.isNaN)) return "Please write numbers.";
    const days = s => /y$/.test(s) ? 365.25 : /w$/.test(s) ? 7 : 1;
    const l = low * days(a[0]), h = high * days(a[1]), b = best * days(a[2]);
    if (l >= h) return "The lowest has to lie below the highest.";
    if (b < l || b > h) return "The best has to lie between the two.";
    if (sure <= 50 || sure > 100) return "How sure: above 50, at most 100.";
    return "";
  }
  function table() {
    const who = document.getElementById("expert").value.trim();
    const rows = ["form,scenario,expert,number,question,unit,domain,lowest,highest,best,confidence"];
    for (const set of form.querySelectorAll("fieldset")) {
      const d = set.dataset;
      const a = names.map(n => set.querySelector("[name=" + n + "]").value.trim().replace(",", "."));
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

// Filters, sorts and counts the rows of the table on the page "Every measure". The page is whole
// without this script: it only adds. What is chosen stands in the address, to be shared or kept.
"use strict";

(() => {
  const place = document.querySelector(".all-measures");
  const table = place && place.querySelector("table");
  if (!table) return;

  const words = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");

  // ------------------------------------------------------------------ what each row is found by

  const NO_FIGURE = "No figure";

  const found = (row) => {
    const uses = Array.from(row.querySelectorAll(".places > li"));
    const badge = row.querySelector(".direction");
    const direction = badge ? words(badge.lastChild) : NO_FIGURE;
    const evidence = words(row.querySelector(".evidence"));
    return {
      plan: uses.map((use) => [use.dataset.plan, words(use.querySelector(".plan")), ""]),
      part: uses.map((use) => [
        use.dataset.part,
        words(use.querySelector(".part")),
        words(use.querySelector(".plan")),
      ]),
      direction: [[direction.toLowerCase(), direction, ""]],
      evidence: [[evidence, evidence, ""]],
    };
  };

  // The words of a row, and those of the indicators it serves, which it does not show.
  const wordsToFind = (row) => {
    const uses = Array.from(row.querySelectorAll("[data-indicators]"));
    const texts = uses.map((use) => use.dataset.indicators);
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.data);
    return sameWords.wordsOf(texts.join(" "));
  };
  const groups = JSON.parse(place.dataset.sameWords || "[]");

  const rows = Array.from(table.tBodies[0].rows, (row, number) => ({
    row,
    number,
    text: wordsToFind(row),
    found: found(row),
    keys: Array.from(row.cells, (cell) => {
      const ordered = cell.querySelector("[data-order]");
      return ordered ? ordered.dataset.order : words(cell.querySelector("a, .evidence") || cell);
    }),
  }));
  rows.forEach((entry) => {
    entry.keys[3] = entry.found.direction[0][1];
  });

  // -------------------------------------------------------------------------------- the controls

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  };

  const LABELS = {
    plan: "Plan",
    part: "Ambition, bee or area",
    direction: "Direction",
    evidence: "Evidence",
  };

  const CHOOSE = "Choose what to show";

  const selects = {};
  const chooser = (key) => {
    const select = make("select", { id: `filter-${key}` }, make("option", { value: "" }, "All"));
    const groups = new Map();
    const seen = new Set();
    rows.flatMap((entry) => entry.found[key]).forEach(([value, label, group]) => {
      if (seen.has(value)) return;
      seen.add(value);
      if (group && !groups.has(group)) {
        groups.set(group, select.appendChild(make("optgroup", { label: group })));
      }
      const option = make("option", { value }, label[0].toUpperCase() + label.slice(1));
      (groups.get(group) || select).append(option);
    });
    selects[key] = select;
    return make("p", {}, make("label", { for: select.id }, LABELS[key]), select);
  };

  const text = make("input", { id: "filter-text", type: "search", spellcheck: "false" });
  const clear = make("button", { type: "button" }, "Clear");
  const shown = make("p", { role: "status", class: "shown" });
  const form = make(
    "form",
    { class: "filters", autocomplete: "off" },
    // Folded on a phone; at a desk the styles keep it open, with the legend for a heading.
    make(
      "details",
      {},
      make("summary", {}, CHOOSE),
      make(
        "fieldset",
        { "aria-label": CHOOSE },
        make("legend", {}, CHOOSE),
        ...Object.keys(LABELS).map(chooser),
        make("p", {}, make("label", { for: text.id }, "Words in the row"), text),
        make("p", {}, clear)
      )
    ),
    shown
  );
  document.querySelector(".filters-place").append(form);

  const headings = Array.from(table.tHead.rows[0].cells);
  const buttons = headings.map((heading) => {
    const button = make("button", { type: "button", class: "sort" }, words(heading));
    heading.replaceChildren(button);
    return button;
  });
  place.classList.add("sortable");

  // ------------------------------------------------------------------------- what is chosen now

  const columns = ["measure", "used-in", "latest", "direction", "evidence"];
  let sorted = { column: -1, down: false };
  const compare = new Intl.Collator("en-GB", { numeric: true }).compare;

  const order = (one, other) => {
    const { column, down } = sorted;
    if (column >= 0) {
      const [a, b] = [one.keys[column], other.keys[column]];
      // What has no value stands last, whichever way.
      if (!a !== !b) return a ? -1 : 1;
      const by = compare(a, b);
      if (by) return down ? -by : by;
    }
    return one.number - other.number;
  };

  const fits = (entry, wanted) =>
    Object.entries(selects).every(
      ([key, select]) =>
        !select.value || entry.found[key].some(([value]) => value === select.value)
    ) && sameWords.found(entry.text, wanted);

  let soon;
  const apply = () => {
    const wanted = sameWords.partsOf(text.value, groups);
    let count = 0;
    rows.forEach((entry) => {
      entry.row.hidden = !fits(entry, wanted);
      count += !entry.row.hidden;
    });
    table.tBodies[0].append(...rows.slice().sort(order).map((entry) => entry.row));
    headings.forEach((heading, number) => {
      if (number === sorted.column) {
        heading.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      } else {
        heading.removeAttribute("aria-sort");
      }
    });
    // Said after a pause, so that a screen reader is not interrupted at each letter.
    clearTimeout(soon);
    soon = setTimeout(() => {
      shown.textContent = count
        ? `Showing ${count} of ${rows.length} measures.`
        : "No measure fits. Clear the choices to see all.";
    }, 250);
  };

  // --------------------------------------------------------------------- the choice in the address

  const keep = () => {
    const state = new URLSearchParams();
    Object.entries(selects).forEach(([key, select]) => {
      if (select.value) state.set(key, select.value);
    });
    if (text.value.trim()) state.set("words", text.value.trim());
    if (sorted.column >= 0) {
      state.set("sort", (sorted.down ? "-" : "") + columns[sorted.column]);
    }
    const query = state.toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  };

  const restore = () => {
    const state = new URLSearchParams(location.search);
    Object.entries(selects).forEach(([key, select]) => {
      select.value = state.get(key) || "";
      if (select.selectedIndex < 0) select.value = "";
    });
    text.value = state.get("words") || "";
    const sort = state.get("sort") || "";
    sorted = { column: columns.indexOf(sort.replace(/^-/, "")), down: sort.startsWith("-") };
    apply();
  };

  const change = () => {
    apply();
    keep();
  };

  Object.values(selects).forEach((select) => select.addEventListener("change", change));
  text.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => {
    Object.values(selects).forEach((select) => (select.value = ""));
    text.value = "";
    sorted = { column: -1, down: false };
    change();
  });
  buttons.forEach((button, number) =>
    button.addEventListener("click", () => {
      sorted = { column: number, down: sorted.column === number && !sorted.down };
      change();
    })
  );
  window.addEventListener("popstate", restore);
  window.addEventListener("pageshow", restore);
  restore();
})();

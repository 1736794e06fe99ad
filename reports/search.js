// Searches the site with Pagefind, in markup of our own. Without this script the page is a list of
// all pages. It runs before the browser reads that list, which so has its place from the start.
"use strict";

(() => {
  const place = document.querySelector("#search");
  if (!place) return;

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  };

  // The pages of older quarters stand in a folder of their own; only the newest account is searched.
  const older = /\/\d{4}-\d\d-q\d\/[^/]*$/.test(location.pathname);
  const home = new URL(older ? "../" : "./", location.href);
  const AT_ONCE = 10;
  const SECTIONS = 3;

  const input = make("input", { id: "q", type: "search", name: "q", spellcheck: "false" });
  const status = make("p", { role: "status", class: "shown" });
  const list = make("ol", { class: "results" });
  const more = make("button", { type: "button" }, "Show more results");
  more.hidden = true;
  const form = make(
    "form",
    { role: "search", class: "filters", autocomplete: "off" },
    make("label", { for: "q" }, "Words to look for"),
    make("p", {}, input, make("button", { type: "submit" }, "Search"))
  );
  const about = "These results are from the newest account, not from the older one you came from.";
  place.replaceChildren(form, ...(older ? [make("p", { class: "note" }, about)] : []), status);
  place.append(list, more);

  let loaded;
  const load = () => {
    if (location.protocol === "file:") return Promise.reject(new Error("not on a web server"));
    loaded =
      loaded ||
      import(new URL("pagefind/pagefind.js", home).href).then(async (pagefind) => {
        // A page about the words looked for, however short, before long pages that name them.
        const ranking = { termSimilarity: 10, pageLength: 0.1 };
        await pagefind.options({ noWorker: true, excerptLength: 24, ranking });
        await pagefind.init();
        return pagefind;
      });
    return loaded;
  };

  const excerpt = (markup) => {
    const shown = make("p", {});
    // Pagefind has escaped the page's words and put <mark> around those looked for.
    shown.innerHTML = markup;
    return shown;
  };

  const item = (data) => {
    const address = new URL(data.raw_url || data.url, home).href;
    const link = make("a", { href: address }, data.meta.title || address);
    const sections = (data.sub_results || []).filter((part) => part.anchor).slice(0, SECTIONS);
    const shown = make("li", {}, make("p", { class: "title" }, link), excerpt(data.excerpt));
    if (sections.length) {
      const links = sections.map((part) =>
        make("li", {}, make("a", { href: `${address}#${part.anchor.id}` }, part.title))
      );
      shown.append(make("ul", { "aria-label": "Sections of this page" }, ...links));
    }
    return shown;
  };

  let results = [];
  const showMore = async (of) => {
    const next = results.slice(list.children.length, list.children.length + AT_ONCE);
    const items = (await Promise.all(next.map((result) => result.data()))).map(item);
    if (of !== results) return; // something else was looked for meanwhile
    list.append(...items);
    more.hidden = list.children.length >= results.length;
    return items[0];
  };

  const search = async () => {
    const words = input.value.trim();
    // Room for the results before they come, so that nothing moves when they do.
    place.classList.toggle("asked", words !== "");
    try {
      if (!words) {
        results = [];
        list.replaceChildren();
        more.hidden = true;
        status.textContent = "";
        return;
      }
      const pagefind = await load();
      const answer = await pagefind.debouncedSearch(words, {}, 250);
      if (answer === null || words !== input.value.trim()) return;
      // Of a word that is nowhere Pagefind finds what begins with its first letter; no page has it.
      results = answer.results.filter((result) => !result.words || result.words.length);
      list.replaceChildren();
      await showMore(results);
      const count = results.length;
      status.textContent = count
        ? `${count} ${count === 1 ? "result" : "results"} for “${words}”.`
        : `No result for “${words}”. Try fewer words, or other ones.`;
    } catch (error) {
      status.textContent =
        location.protocol === "file:"
          ? "Searching needs the site to stand on a web server. The list of pages below leads everywhere."
          : "The search could not be loaded. The list of pages below leads everywhere.";
    }
  };

  const keep = () => {
    const words = input.value.trim();
    const query = words ? `?${new URLSearchParams({ q: words })}` : "";
    history.replaceState(null, "", location.pathname + query + location.hash);
  };
  const restore = () => {
    input.value = new URLSearchParams(location.search).get("q") || "";
    search();
  };

  input.addEventListener("focus", () => load().catch(() => {}));
  input.addEventListener("input", () => {
    keep();
    search();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
    search();
  });
  more.addEventListener("click", async () => {
    const first = await showMore(results);
    if (first) first.querySelector("a").focus();
  });
  window.addEventListener("popstate", restore);
  restore();
})();

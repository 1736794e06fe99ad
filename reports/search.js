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

  // Groups of words that mean the same. Without them the search still finds what was typed.
  const loadGroups = async () => {
    const answer = await fetch(new URL("data/same-words.json", home));
    return answer.ok ? answer.json() : [];
  };

  const loadPagefind = async () => {
    const pagefind = await import(new URL("pagefind/pagefind.js", home).href);
    // A page about the words looked for, however short, before long pages that name them.
    const ranking = { termSimilarity: 10, pageLength: 0.1 };
    await pagefind.options({ noWorker: true, excerptLength: 24, ranking });
    await pagefind.init();
    return pagefind;
  };

  let loaded;
  const load = () => {
    if (location.protocol === "file:") return Promise.reject(new Error("not on a web server"));
    if (!loaded) {
      loaded = Promise.all([loadPagefind(), loadGroups().catch(() => [])]);
      loaded.catch(() => (loaded = undefined)); // to be tried again
    }
    return loaded;
  };

  // ------------------------------------------------------------------- words that mean the same

  // Of a word that is nowhere Pagefind finds what begins with its first letter; no page has it.
  const real = ({ results }) => results.filter((result) => !result.words || result.words.length);

  // Pages that have one of a part's names as a whole: how well the best of them fits, and what to
  // show, which is of the name that was typed where the page has it. Quotation marks ask Pagefind
  // for words that follow one another, but then it does not rank the pages.
  const withNames = async (pagefind, { typed, names }) => {
    const found = new Map();
    // What a page writes with a hyphen is one word to Pagefind.
    const spellings = [typed, ...names].flatMap((name) => [name, name.replace(/-/g, " ")]);
    for (const name of new Set(spellings)) {
      const exact = new Map(real(await pagefind.search(`"${name}"`)).map((page) => [page.id, page]));
      const ranked = exact.size ? real(await pagefind.search(name)) : [];
      for (const page of ranked.filter(({ id }) => exact.has(id))) {
        const { score = 0, result } = found.get(page.id) || {};
        // Of several words Pagefind would show the place where most stand, such as "and" alone.
        const shown = name.includes(" ") ? exact.get(page.id) : page;
        found.set(page.id, { score: Math.max(score, page.score), result: result || shown });
      }
    }
    return found;
  };

  // What was typed may have other names: pages that have any of these come first, then those that
  // have the words as typed, wherever they stand.
  const withOtherNames = async (pagefind, parts, asTyped) => {
    const named = parts.filter((part) => part.names.length);
    if (!named.length) return asTyped;
    const found = [];
    for (const part of named) found.push(await withNames(pagefind, part));
    const rest = parts.filter((part) => !part.names.length).flatMap((part) => part.words);
    const results = rest.length ? real(await pagefind.search(rest.join(" "))) : [];
    if (rest.length) {
      found.push(new Map(results.map((result) => [result.id, { score: result.score, result }])));
    }
    // Of a short form that no page has, Pagefind finds what begins like it: "as" for "ASD".
    const short = named.filter((part) => !part.typed.includes(" "));
    for (const part of short) {
      if (!real(await pagefind.search(`"${part.typed}"`)).length) asTyped = [];
    }
    const typed = new Map(asTyped.map((result) => [result.id, result]));
    const score = (id) => found.reduce((sum, pages) => sum + pages.get(id).score, 0);
    const inAll = [...found[0].keys()]
      .filter((id) => found.every((pages) => pages.has(id)))
      .sort((one, other) => score(other) - score(one))
      .map((id) => (found.length > 1 && typed.get(id)) || found[0].get(id).result);
    const ids = new Set(inAll.map(({ id }) => id));
    return [...inAll, ...asTyped.filter(({ id }) => !ids.has(id))];
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
  let parts = [];
  // Pagefind takes words of one stem for the same, such as attendance and attending. A page whose
  // title has what was typed itself comes before those.
  const titledFirst = (pages) => {
    const titled = (data) => sameWords.named(sameWords.wordsOf(data.meta.title || ""), parts);
    return [...pages.filter(titled), ...pages.filter((data) => !titled(data))];
  };

  const showMore = async (of) => {
    const shown = list.children.length;
    const next = results.slice(shown, shown + AT_ONCE);
    const pages = await Promise.all(next.map((result) => result.data()));
    // Something else was looked for meanwhile, or the same ones were asked for twice.
    if (of !== results || list.children.length !== shown) return;
    const items = (shown ? pages : titledFirst(pages)).map(item);
    list.append(...items);
    more.hidden = list.children.length >= results.length;
    return items[0];
  };

  // Names beside the one typed, which was looked for as well.
  const alsoFor = (asked) => {
    const names = asked.flatMap((part) => part.names.filter((name) => name !== part.typed));
    return names.length ? ` Also looked for: ${names.map((name) => `“${name}”`).join(", ")}.` : "";
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
      const [pagefind, groups] = await load();
      const answer = await pagefind.debouncedSearch(words, {}, 250);
      if (answer === null) return;
      const asked = sameWords.partsOf(words, groups);
      const found = await withOtherNames(pagefind, asked, real(answer));
      if (words !== input.value.trim()) return;
      [results, parts] = [found, asked];
      list.replaceChildren();
      await showMore(found);
      if (results !== found) return;
      const count = found.length;
      status.textContent = count
        ? `${count} ${count === 1 ? "result" : "results"} for “${words}”.${alsoFor(asked)}`
        : `No result for “${words}”.${alsoFor(asked)} Try fewer words, or other ones.`;
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

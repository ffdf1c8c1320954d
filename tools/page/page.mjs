// What the page of a report does in the browser: it filters and searches. Without it everything is shown.
const by = (id) => document.getElementById(id);
const [words, kind, shown, none, open] = ["words", "kind", "shown", "none", "open"].map(by);
const sections = [...document.querySelectorAll("section.kind")].map((section) => ({
  section,
  entries: [...section.querySelectorAll(":scope > details")].map((element) => ({ element, text: undefined })),
}));
const total = sections.reduce((sum, { entries }) => sum + entries.length, 0);
const tiles = [...document.querySelectorAll(".tiles [data-action]")];

/** The text of an entry, read when it is first searched. */
function textOf(entry) {
  entry.text ??= `${entry.element.dataset.kind}/${entry.element.textContent}`.toLowerCase();
  return entry.text;
}

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const actions = tiles.filter((tile) => tile.ariaPressed === "true").map((tile) => tile.dataset.action);
  let left = 0;
  for (const { section, entries } of sections) {
    let here = 0;
    for (const entry of entries) {
      const { element } = entry;
      const isShown =
        (kind.value === "" || element.dataset.kind === kind.value) &&
        (actions.length === 0 || actions.includes(element.className)) &&
        wanted.every((word) => textOf(entry).includes(word));
      if (element.hidden === isShown) element.hidden = !isShown;
      if (isShown) here += 1;
    }
    section.hidden = here === 0;
    left += here;
  }
  shown.textContent = left === total ? `${total} objects` : `${left} of ${total} objects`;
  none.hidden = left > 0;
}

function setOpen(isOpen) {
  for (const { entries } of sections) for (const { element } of entries) if (!element.hidden) element.open = isOpen;
}

if (words) {
  let waiting;
  words.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  });
  kind.addEventListener("change", filter);
  by("filters").addEventListener("submit", (event) => event.preventDefault());
  for (const tile of tiles) {
    tile.addEventListener("click", () => {
      tile.ariaPressed = String(tile.ariaPressed !== "true");
      filter();
    });
  }
  open.addEventListener("click", () => {
    const isOpen = open.ariaPressed !== "true";
    open.ariaPressed = String(isOpen);
    open.textContent = isOpen ? "Close all" : "Open all";
    setOpen(isOpen);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== words) {
      event.preventDefault();
      words.focus();
    } else if (event.key === "Escape" && document.activeElement === words) {
      words.value = "";
      filter();
    }
  });
  addEventListener("beforeprint", () => setOpen(true));
}

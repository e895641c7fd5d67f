// Finds what a person, or a screen reader, finds on the page: by role and accessible name. Put into the page by the tests.
(function (library) {
  const { computeAccessibleName, getRole, isInaccessible } = library;

  // Where an element of the role may be; anything else is looked for everywhere.
  const PLACES = {
    button: "button, summary, input[type=button], input[type=submit]",
    link: "a[href]",
    textbox: "input, textarea, [contenteditable]",
    searchbox: "input",
    heading: "h1, h2, h3, h4, h5, h6",
    dialog: "dialog",
    img: "img",
    list: "ul, ol",
    listitem: "li",
    option: "option",
    combobox: "select, input",
    checkbox: "input[type=checkbox]",
    radio: "input[type=radio]",
    group: "fieldset, details, optgroup",
    tab: "[role=tab]",
    tabpanel: "[role=tabpanel]",
    alert: "[role=alert]",
    region: "section",
    main: "main",
    navigation: "nav",
    complementary: "aside",
    status: "output",
    article: "article",
  };

  function roleOf(element) {
    if (element.localName === "dialog" && !element.hasAttribute("role")) return "dialog";
    const given = getRole(element);
    if (given === null && element.isContentEditable) return "textbox";
    if (given === null && element.type === "password") return "textbox"; // it has no role of its own
    return given;
  }

  const trimmed = (words) => words.replace(/\s+/g, " ").trim();
  const nameOf = (element) => trimmed(computeAccessibleName(element));

  function isHidden(element) {
    if (element.closest("[inert]") !== null) return true;
    if (!element.checkVisibility({ visibilityProperty: true })) return true;
    return isInaccessible(element);
  }

  function isNamed(element, name) {
    if (name === "any") return true;
    const actual = nameOf(element);
    return "exact" in name ? actual === trimmed(name.exact) : actual.includes(trimmed(name.part));
  }

  function all(spot) {
    const roots = spot.within === null ? [document] : all(spot.within);
    const places = PLACES[spot.role];
    const selector = places === undefined ? "*" : `${places}, [role~="${spot.role}"]`;
    const found = [...new Set(roots.flatMap((root) => [...root.querySelectorAll(selector)]))];
    const seen = found.filter((element) => roleOf(element) === spot.role && isNamed(element, spot.name) && !isHidden(element));
    return spot.number === 0 ? seen : seen.slice(spot.number, spot.number + 1);
  }

  function textOf(element) {
    return element.innerText ?? element.textContent ?? "";
  }

  function shown(element) {
    const box = element.getBoundingClientRect();
    return {
      name: nameOf(element),
      text: textOf(element),
      value: "value" in element && typeof element.value === "string" ? element.value : textOf(element),
      disabled: element.matches(":disabled") || element.getAttribute("aria-disabled") === "true",
      pressed: element.getAttribute("aria-pressed") === "true",
      selected: element.getAttribute("aria-selected") === "true" || element.getAttribute("aria-current") !== null,
      focused: element.contains(document.activeElement),
      invalid: element.getAttribute("aria-invalid") === "true",
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
    };
  }

  // Everything with a name, for the sentence of a failed test.
  function inventory() {
    const lines = [];
    for (const element of document.querySelectorAll("*")) {
      const role = roleOf(element);
      if (role === null || ["generic", "presentation", "none", "paragraph"].includes(role) || isHidden(element)) continue;
      const name = nameOf(element);
      if (name !== "") lines.push(`${role} “${name.slice(0, 70)}”${element.matches(":disabled") ? " (disabled)" : ""}`);
    }
    return [...new Set(lines)].slice(0, 150);
  }

  window.__eyes = {
    see: (spot) => all(spot).map(shown),
    take(spot) {
      const element = all(spot)[0] ?? null;
      if (element === null || shown(element).disabled) return null;
      element.scrollIntoView({ block: "nearest", inline: "nearest" });
      return element;
    },
    inventory,
    words: () => textOf(document.body),
    violations: [],
  };
  document.addEventListener("securitypolicyviolation", (event) =>
    window.__eyes.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
})

/* A key presses the link that bears it (data-key, of web/keys.py); j and k walk along a list. */
(() => {
  const WAITS = 1500, ROWS = "main :is(.row, .piece) :is(h2, h3) a";
  let pressed = "", at = 0;

  const types = (one) =>
    one.isContentEditable || /^(textarea|select)$/i.test(one.tagName) ||
    (one.tagName === "INPUT" && !/^(checkbox|radio|button|submit|file)$/.test(one.type));

  const bearer = (keys) =>
    [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === keys && one.offsetParent !== null);

  const step = (by) => {
    const rows = [...document.querySelectorAll(ROWS)].filter((one) => one.offsetParent !== null);
    const row = (one) => one.closest(".row, .piece");
    const here = rows.findIndex((one) => row(one).contains(document.activeElement));
    const next = rows[here < 0 ? (by > 0 ? 0 : -1) : here + by];
    if (next) next.focus();
    return Boolean(next);
  };

  const list = async (link) => {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) return link.click();
    const box = document.createElement("dialog");
    box.className = "keys";
    box.setAttribute("aria-labelledby", "keys-title");
    box.innerHTML = await answer.text();
    box.addEventListener("close", () => box.remove());
    box.addEventListener("click", (event) => event.target === box && box.close());
    document.body.append(box);
    box.showModal();
  };

  const press = (keys) => {
    if (keys === "j" || keys === "k") return step(keys === "j" ? 1 : -1);
    const one = bearer(keys);
    if (!one) return false;
    if (keys === "?") list(one);
    else if (one.tagName === "INPUT") one.focus();
    else one.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key.length !== 1 || event.key === " " || types(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const before = Date.now() - at < WAITS ? pressed : "";
    const known = before && press(`${before} ${event.key}`);
    if (known || press(event.key)) event.preventDefault();
    [pressed, at] = known ? ["", 0] : [event.key, Date.now()];
  });
})();

"use strict";
// Pictures and files in a text: chosen, pasted or dropped they are sent at once, one after the other, and named where
// the caret is. A form that is sent meanwhile waits for them. Without this the form takes them along.
(() => {
  if (window.commonplaceFiles) return;
  window.commonplaceFiles = true;
  document.documentElement.classList.add("sends-files");
  const touched = new WeakMap();
  const queues = new WeakMap();

  const fieldOf = (form) => form && form.querySelector(".files[data-to]");
  const textOf = (form) => {
    const last = touched.get(form);
    if (last && form.contains(last)) return last;
    return form.querySelector(`[name="${fieldOf(form).querySelector("[data-files]").dataset.files}"]`);
  };

  // A line for each file; that it is under way gives way to what became of it.
  const say = (field, words, name, kind) => {
    const line = document.createElement("p"), saying = field.querySelector(".saying");
    line.className = kind === "wrong" ? "wrong" : `hint ${kind}`;
    line.textContent = words.replace("{name}", name);
    saying.querySelectorAll(".passing").forEach((one) => one.remove());
    saying.append(line);
  };

  // After `last`, which came with it; else at the end of the line in which the caret is: no word is torn.
  const put = (form, markdown, last) => {
    const text = textOf(form), { value } = text;
    const caret = touched.has(form) ? text.selectionEnd : value.length;
    const from = last && value.includes(last) ? value.indexOf(last) + last.length : caret;
    const ends = value.indexOf("\n", from), at = ends < 0 ? value.length : ends;
    const before = value.slice(0, at), after = value.slice(at);
    const above = !before.trim() ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const below = !after.trim() ? "" : after.startsWith("\n\n") ? "" : "\n";
    const chosen = [text.selectionStart, text.selectionEnd];
    text.value = (before.trim() ? before : "") + above + markdown + below + after;
    if (touched.has(form) && document.activeElement === text) text.setSelectionRange(...chosen);
    else text.setSelectionRange(at + above.length + markdown.length, at + above.length + markdown.length);
    touched.set(form, text);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const sent = (field, form, file) => new Promise((done) => {
    const request = new XMLHttpRequest(), body = new FormData(), bar = field.querySelector("progress");
    body.append("files", file, file.name);
    request.open("POST", field.dataset.to);
    request.setRequestHeader("x-csrftoken", form.elements.csrfmiddlewaretoken.value);
    request.responseType = "json";
    request.upload.onprogress = (event) => { bar.value = event.total ? (100 * event.loaded) / event.total : 0; };
    const refused = () => (request.status === 413 ? { error: field.dataset.large } : {});
    request.onloadend = () => done(request.response || refused());
    bar.value = 0;
    bar.hidden = false;
    request.send(body);
  });

  const next = async (form, queue) => {
    const field = fieldOf(form);
    let isWell = true, last = "";
    form.setAttribute("aria-busy", "true");
    while (queue.files.length) {
      const file = queue.now = queue.files.shift();
      say(field, field.dataset.sending, file.name, "passing");
      const answer = await sent(field, form, file);
      if (answer.markdown) {
        put(form, answer.markdown, last);
        last = answer.markdown;
        say(field, field.dataset[answer.markdown.startsWith("!") ? "shown" : "linked"], answer.name || file.name, "there");
      } else {
        isWell = false;
        say(field, answer.error ? `{name}: ${answer.error}` : field.dataset.failed, file.name, "wrong");
      }
    }
    queue.now = null;
    field.querySelector("progress").hidden = true;
    form.removeAttribute("aria-busy");
    if (queue.pressed && isWell) form.requestSubmit(queue.pressed.button);
    queue.pressed = null;
  };

  const take = (form, files) => {
    const queue = queues.get(form) || { files: [], now: null, pressed: null };
    queues.set(form, queue);
    queue.files.push(...files);
    if (queue.now) return;
    fieldOf(form).querySelector(".saying").replaceChildren();
    next(form, queue);
  };

  const holds = (data) => [...((data && data.types) || [])].includes("Files");
  const formAt = (event) => {
    const form = event.target.closest && event.target.closest("form");
    return fieldOf(form) ? form : null;
  };

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea") && formAt(event)) touched.set(event.target.form, event.target);
  });
  document.addEventListener("change", (event) => {
    const field = event.target.matches("input[type=file]") && event.target.closest(".files[data-to]");
    if (!field) return;
    const files = [...event.target.files];
    event.target.value = "";
    take(event.target.form, files);
  });
  // Words of a word processor come with a picture of themselves: then it is the words.
  document.addEventListener("paste", (event) => {
    const form = event.target.matches("textarea") && formAt(event), data = event.clipboardData;
    if (!form || !data.files.length || [...data.types].includes("text/plain")) return;
    event.preventDefault();
    take(form, [...data.files]);
  });
  // A file that misses the text would open in place of the page, and what was typed were gone.
  document.addEventListener("dragover", (event) => {
    if (!holds(event.dataTransfer) || !document.querySelector(".files[data-to]")) return;
    event.preventDefault();
    const form = formAt(event);
    event.dataTransfer.dropEffect = form ? "copy" : "none";
    if (form) form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    const form = formAt(event);
    if (form && !form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!holds(event.dataTransfer) || !document.querySelector(".files[data-to]")) return;
    event.preventDefault();
    const form = formAt(event);
    if (!form) return;
    form.classList.remove("over");
    if (event.target.matches("textarea")) touched.set(form, event.target);
    take(form, [...event.dataTransfer.files]);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, queue = queues.get(form);
    if (!queue || !queue.now) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    queue.pressed = { button: event.submitter };
    say(fieldOf(form), fieldOf(form).dataset.waits, queue.now.name, "passing");
  }, true);
})();

"""Whatever a text holds, nothing runs: with the cleaner and no policy, and with the policy and no cleaner.

A few hundred here; `make hostile` tries ten thousand."""

import os
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser

from commonplace.untrusted.markdown import render, sanitize
from tests.untrusted.hostile import texts

pytestmark = pytest.mark.journey
MANY, AT_ONCE = int(os.environ.get("HOSTILE", "200")), 100
ADDRESS = "http://texts.example/"
PAGE = "<!doctype html><title>Texts</title><body>"
SHOW = """async texts => {
  window.count = 0;
  window.ran = () => { window.count += 1 };
  const frames = await Promise.all(texts.map(text => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.onload = () => done(frame);
    frame.srcdoc = "<!doctype html><body>" + text;
    document.body.append(frame);
    setTimeout(() => done({}), 20000);
  })));
  const acts = attribute => /^(on.*|style|src|srcdoc|xlink.*)$/i.test(attribute.name)
    || /^\\s*(javascript|data|vbscript)\\s*:/i.test(attribute.value);
  const tags = /^(script|style|svg|iframe|object|embed|form|input|link|meta|base|img)$/i;
  const bad = [];
  frames.forEach((frame, at) => {
    const body = frame.contentDocument?.body;
    if (!body) bad.push([at, "not read"]);
    for (const one of body?.querySelectorAll("*") ?? []) {
      if (tags.test(one.localName) || [...one.attributes].some(acts)) bad.push([at, one.outerHTML.slice(0, 200)]);
      one.dispatchEvent(new Event("click", {cancelable: true}));
    }
  });
  await new Promise(done => setTimeout(done, 50));
  document.body.replaceChildren();
  return {ran: window.count, bad: bad.slice(0, 3)};
}"""


def shown(browser: Browser, made: list[str], policy: str) -> tuple[int, list[object]]:
    """How often something ran, and what stands there that could."""
    ran, bad = 0, []
    headers = {"content-type": "text/html; charset=utf-8"} | ({"content-security-policy": policy} if policy else {})
    context = browser.new_context()
    page = context.new_page()
    page.route("**", lambda route: route.abort())
    page.route(ADDRESS, lambda route: route.fulfill(body=PAGE, headers=headers))
    for start in range(0, len(made), AT_ONCE):
        page.goto(ADDRESS)
        result = page.evaluate(SHOW, made[start : start + AT_ONCE])
        ran += result["ran"]
        bad += [[start + at, html] for at, html in result["bad"]]
    context.close()
    return ran, bad


@pytest.mark.parametrize("cleaned", [lambda text: render(text, "x"), sanitize], ids=["markdown", "html"])
def test_the_cleaner_alone_lets_nothing_run(chromium: Browser, cleaned: Callable[[str], str]) -> None:
    assert shown(chromium, [cleaned(text) for text in texts(MANY, 1)], "") == (0, [])


@pytest.mark.django_db
def test_the_policy_alone_lets_nothing_run(chromium: Browser) -> None:
    policy = Client().get("/accounts/login/").headers["content-security-policy"]
    made = texts(MANY, 2)
    ran, there = shown(chromium, made, policy)
    assert ran == 0
    assert there


def test_without_both_they_would_run(chromium: Browser) -> None:
    ran, bad = shown(chromium, texts(100, 3), "")
    assert ran > 50
    assert bad

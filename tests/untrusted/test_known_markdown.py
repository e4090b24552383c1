"""The Markdown that people bring from elsewhere means here what it meant there."""

import cProfile
import re

import pytest

from commonplace.untrusted.markdown import plain, render, render_line, sanitize


def shown(text: str) -> str:
    """Without what every link and block has."""
    html = render(text, "x")
    return re.sub(r' (?:rel|dir|tabindex)="[^"]*"', "", html).replace("\n", "")


def link(address: str, words: str = "") -> str:
    return f'<a href="{address}">{words or address}</a>'


ADDRESSES = [
    ("Bare link https://example.org/a_b_c?x=1&y=2 and", link("https://example.org/a_b_c?x=1&amp;y=2") + " and"),
    ("and www.example.org and", link("http://www.example.org", "www.example.org")),
    ("mail me@example.org.", link("mailto:me@example.org", "me@example.org") + "."),
    ("run setup.py and read README.md", "<p>run setup.py and read README.md</p>"),
    ("(see https://example.org/a_(b))", f"(see {link('https://example.org/a_(b)')})"),
    ("https://example.org/a*b*c_d_.", link("https://example.org/a*b*c_d") + "_."),
    ("At `https://example.org` stays", "<code>https://example.org</code>"),
    ("<https://example.org/x>", link("https://example.org/x")),
    ("[https://a.example](https://b.example)", link("https://b.example", "https://a.example")),
    ("见https://example.org/水。然后https://b.example", "。然后" + link("https://b.example")),
    ("见https://example.org/a，再见", link("https://example.org/a") + "，再见"),
    ("انظر https://example.org/a، ثم", link("https://example.org/a") + "، ثم"),
    ("“https://example.org/a”", link("https://example.org/a") + "”"),
    ("ดูที่https://example.org/a นะ", link("https://example.org/a") + " นะ"),
    ("[relative](../other.md) [wiki](Other-Page)", "<p>relative (../other.md) wiki (Other-Page)</p>"),
    ("![diagram](images/flow.png)", "<p>diagram (images/flow.png)</p>"),
    ("[part](#part)\n\n# Part", '<p><a href="#t-x-part">part</a></p><h3 id="t-x-part">Part</h3>'),
    ("[anchor](#elsewhere)", "<p>anchor (#elsewhere)</p>"),
    ("[Übung](#Übung-1)\n\n# Übung 1\n# Übung 1", "<p>Übung (#%C3%9Cbung-1)</p>"),
    ("[ja](#übung-1)\n\n# Übung 1", link("#t-x-übung-1", "ja")),
    ("[phone](tel:+15550100)", link("tel:+15550100", "phone")),
    ("[code](tel:*21*5#)", "<p>code (tel:*21*5#)</p>"),
    ("Please call +1 555 0100.", "<p>Please call +1 555 0100.</p>"),
]
BLOCKS = [
    ("first line\nsecond line\nthird line", "<p>first line<br>second line<br>third line</p>"),
    ("trailing spaces  \nnext", "<p>trailing spaces<br>next</p>"),
    ("- [ ] isolate the pump\n- [x] tag it out",
     '<li class="task">☐ isolate the pump</li><li class="task">☑ tag it out'),
    ("1. [X] done", '<ol><li class="task">☑ done</li></ol>'),
    ("- [y] no box\n- [ ]no box", "<li>[y] no box</li><li>[ ]no box</li>"),
    ("| A | B | C |\n|:-|-:|:-:|\n| a | b | c |",
     '<td class="left">a</td><td class="right">b</td><td class="center">c</td>'),
    ("| A |\n|---|\n| ok \\| fine |\n| <br> two |", "<td>ok | fine</td></tr><tr><td><br> two</td>"),
    ("```python\ndef f():\n    return '<b>'\n```", '<span class="kw">def</span> <span class="na">f</span>():'),
    ("```python\nx = '<b>&amp;'\n```", '<span class="st">\'&lt;b&gt;&amp;amp;\'</span>'),
    ("```\n<b>\n```", "<pre><code>&lt;b&gt;</code></pre>"),
    ("```klingon\nif x\n```", "<pre><code>if x</code></pre>"),
    ("```sql\nSELECT 1 -- one\n```", '<span class="co">-- one'),
    ("    indented", "<pre><code>indented</code></pre>"),
    ("1. one\n\n   ```\n   in a list\n   ```\n2. two", "<pre><code>in a list</code></pre></li><li><p>two</p>"),
    ("5) five\n6) six", '<ol start="5"><li>five</li><li>six</li></ol>'),
    ("> quote\n>> nested", "<blockquote><p>quote</p><blockquote><p>nested</p></blockquote></blockquote>"),
    ("# Heading one\n## Heading two",
     '<h3 id="t-x-heading-one">Heading one</h3><h4 id="t-x-heading-two">Heading two</h4>'),
    ("# A\n# A\n# A-1", '<h3 id="t-x-a">A</h3><h3 id="t-x-a-1">A</h3><h3 id="t-x-a-1-1">A-1</h3>'),
    ("# `code` & *more*", '<h3 id="t-x-code--more">'),
    ("Title\n=====", '<h3 id="t-x-title">Title</h3>'),
    ("Term\n: Definition", "<dl><dt>Term</dt><dd>Definition</dd></dl>"),
    ("***", "<hr>"),
    ("> [!NOTE]\n> Mind *it*.", "<blockquote><p><strong>Note</strong><br>Mind <em>it</em>.</p></blockquote>"),
    ("> [!warning]\n>\n> Hot.", "<p><strong>Warning</strong></p><p>Hot.</p>"),
    ("> [!NOTE] of a kind\n\n[!TIP]", "<blockquote><p>[!NOTE] of a kind</p></blockquote><p>[!TIP]</p>"),
    ("```math\n\\frac{a}{b}\n```", '<p><math display="block"'),
    ("---\ntitle: Pumps\ntags:\n  - a\n  - b\n---\n# Text",
     "<tr><th>title</th><td>Pumps</td></tr><tr><th>tags</th><td>- a - b</td></tr></tbody></table><h3"),
    ("---\nNo front matter, only words\n---\nText", "<h3"),
    ("<details><summary>More</summary>hidden</details>", "<details><summary>More</summary><p>hidden</p></details>"),
    ("<details open>\n<summary>*M*</summary>\n\n- a\n- b\n\n</details>\n\nafter",
     '<details open=""><summary><em>M</em></summary><ul><li>a</li><li>b</li></ul></details><p>after</p>'),
    ("<details>\n\n<details>\nin\n</details>\n</details>", "<details><details><p>in</p></details></details>"),
    ("- a\n  <details>\n  in\n  </details>", "<details><p>in</p></details></li></ul>"),
    ("> <details>\n> in\n> </details>", "<blockquote><details><p>in</p></details></blockquote>"),
    ("<details>\nnever closed", "<p>&lt;details&gt;<br>never closed</p>"),
    ("Write `<details>` so:\n\n```html\n<details>\n```", "<pre><code>&lt;<span"),
]  # fmt: skip
LINES = [
    ("~~struck~~ **bold** *it* `code`", "<s>struck</s> <strong>bold</strong> <em>it</em> <code>code</code>"),
    ("==mark== and H~2~O and x^2^", "<p>==mark== and H~2~O and x^2^</p>"),
    ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.", "Press <kbd>Ctrl</kbd>+<kbd>C</kbd>."),
    ("H<sub>2</sub>O and x<SUP>2</SUP>", "H<sub>2</sub>O and x<sup>2</sup>"),
    ("one<br>two<br/>three<br />", "one<br>two<br>three<br>"),
    ("<kbd>never closed and List<String>", "&lt;kbd&gt;never closed and List&lt;String&gt;"),
    ("<b><i>x</b></i>", "&lt;b&gt;<i>x&lt;/b&gt;</i>"),
    ('<b class="x">bold</b>', "&lt;b class="),
    ("[[Wiki Link]] <!-- comment --> seen", "<p>[[Wiki Link]]  seen</p>"),
    ("<!-- only a comment -->", "<p>&lt;!-- only a comment --&gt;</p>"),
    (":smile: 😀 1️⃣", "<p>:smile: 😀 1️⃣</p>"),
    ("snake_case_name and 2*3*4", "<p>snake_case_name and 2<em>3</em>4</p>"),
    ("`code with ``backticks`` `", "<code>code with ``backticks`` </code>"),
    (r"\*not emphasis\* \_ \$", "<p>*not emphasis* _ $</p>"),
    ("A note[^1], again[^1].\n\n[^1]: The *note*.",
     'A note<sup id="t-x.ref1"><a href="#t-x.note1">[1]</a></sup>, again'),
    ("A note[^n].\n\n[^n]: The *note*.",
     '<ol class="notes"><li id="t-x.note1"><p>The <em>note</em>. <a href="#t-x.ref1">↩︎'),
    ("No note[^2].", "<p>No note[^2].</p>"),
    ("شكرا جزيلا (C++) — reboot the pump.", "<p>شكرا جزيلا (C++) — reboot the pump.</p>"),
    ("AT&T &copy; &lt;", "<p>AT&amp;T © &lt;</p>"),
]  # fmt: skip
FORMULAS = [
    ("$E=mc^2$", "<msup><mi>c</mi><mn>2</mn></msup>"),
    ("$$\\frac{a}{b}$$", '<math display="block"'),
    ("so $$x$$ it is", '<math display="block"'),
    ("It costs $5 or $6.", "<p>It costs $5 or $6.</p>"),
    ("from $ a to b $ c", "<p>from $ a to b $ c</p>"),
    ("US$20 and CA$30", "<p>US$20 and CA$30</p>"),
    ("`$x$`", "<code>$x$</code>"),
    ("$a<b$", "<mo>&lt;</mo>"),
    ("$\\text{<script>alert(1)</script>}$", "<mtext>&lt;script&gt;alert(1)&lt;/script&gt;</mtext>"),
    ("$\\left($", "<code>$\\left($</code>"),
    (f"${'x+' * 1_100}x$", "<code>$x+x+"),
    ("$\\def\\a{x}\\a$", "<code>$\\def\\a{x}\\a$</code>"),
    ("$`a+b`$", "<mi>a</mi><mo>+</mo><mi>b</mi>"),
    ("the $n$th", "</math>th"),
    ("设$y$为", "设<math"),
    ("l'$x$, $k$-th, $a$/$z$", "<mi>z</mi>"),
    ("$AT\\&T$", "<mi>&amp;</mi><mi>T</mi>"),
    (r"$a\\[4pt]b$", "<mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr>"),
    (r"$\begin{equation}\begin{split}a&=b\end{split}\label{e}\end{equation}$", "</mtable></mrow></math>"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), [*ADDRESSES, *BLOCKS, *LINES, *FORMULAS])
def test_it_reads_as_elsewhere(typed: str, expected: str) -> None:
    assert expected in shown(typed)


IN_COLUMNS = ["aligned", "align*", "alignat", "alignedat", "flalign", "eqnarray", "eqnarray*", "dcases", "rcases"]
IN_LINES = ["gather", "gathered", "multline", "equation"]


@pytest.mark.parametrize("name", [*IN_COLUMNS, *IN_LINES])
def test_a_system_of_equations_stands_in_lines(name: str) -> None:
    ampersand = "&" if name in IN_COLUMNS else ""
    html = shown(rf"$$\begin{{{name}}}a {ampersand}= \frac{{1}}{{2}} \\ c {ampersand}= d\end{{{name}}}$$")
    assert html.count("<mtr>") == 2
    assert "<mi>&amp;</mi>" not in html


@pytest.mark.parametrize(
    "source",
    [r"\unknown{a}", "a & b", r"\begin{foo}a\end{foo}", r"\begin{subarray}{c}a\\b\end{subarray}", r"\left\foo x"],
)
def test_what_is_not_understood_is_shown_as_typed(source: str) -> None:
    assert f"<code>${source}$</code>".replace(" & ", " &amp; ") in shown(f"${source}$")


@pytest.mark.parametrize(
    "text",
    ["$HOME/bin:$PATH", "$HOME/bin:$PATH:$(pwd) and", "a $a$b c", "US$5 and $6", "US$5 (6 CA$)", "$5 and 6$",
     "${A}:${B}", "kill $$; echo $$", "PATH=/bin:$HOME and 5$", "$1,$2", "$A-${B}"],
)  # fmt: skip
def test_dollars_of_shells_and_prices_stay(text: str) -> None:
    assert shown(text) == f"<p>{text}</p>"
    assert sanitize(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_a_formula_too_many_keeps_its_dollars() -> None:
    assert shown("$x$ " * 401).endswith("</math> <code>$x$</code></p>")


def test_a_formula_is_found_and_read_out_by_what_was_typed() -> None:
    html = render("Because $v = \\sqrt{2gh} < c$ and air; $$E=mc^2$$ holds $\\unknown$.", "x")
    assert plain(html) == r"Because v = \sqrt{2gh} < c and air; E=mc^2 holds $\unknown$."
    assert 'alttext="E=mc^2"' in html
    assert plain("<p><math><mi>x</mi><mo>=</mo><mn>1</mn></math></p>") == "x=1"


def test_an_archive_says_what_a_formula_is_as_text_alone() -> None:
    html = sanitize('<math alttext="x&quot; onclick=&quot;run()&lt;/math&gt;&lt;b&gt;" class="a"><mi>x</mi></math>')
    assert html == '<math alttext="x&quot; onclick=&quot;run()&lt;/math&gt;&lt;b&gt;"><mi>x</mi></math>'
    assert sanitize(html) == html


def test_words_of_a_note_come_without_its_way_back() -> None:
    assert plain(render("a[^1]\n\n[^1]: note of ben", "x")) == "a[1] note of ben"


def test_no_formula_leads_or_styles() -> None:
    html = shown(r"$\href{javascript:run()}{x} \style{color:red}{y} \class{z}{w} \color{red}{v}$")
    assert not re.search(r"href|style=|class=", re.sub(r" displaystyle=| alttext=\"[^\"]*\"", "", html))


def test_two_texts_on_a_page_share_no_place() -> None:
    text = "# A\n\nnote[^1]\n\n[^1]: x"
    ids = re.findall(r'id="([^"]*)"', render(text, "one") + render(text, "two"))
    assert len(ids) == len(set(ids)) == 6


@pytest.mark.parametrize("heading", ["note1", "ref1", "-note1", ".note1", "--ref1", "🎉 ref1"])
def test_a_heading_shares_no_place_with_a_note(heading: str) -> None:
    html = render(f"# {heading}\n\nx[^a]\n\n[^a]: y", "m")
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids)) == 3
    assert set(re.findall(r'href="#([^"]*)"', html)) < set(ids)


def test_each_block_has_its_own_direction() -> None:
    assert render("شكرا\n\nthanks\n\n- شكرا", "x").count('dir="auto"') == 3


def test_a_remark_keeps_its_lines_and_links() -> None:
    html = render_line("one\nhttps://example.org $x$")
    assert "<br>" in html
    assert 'href="https://example.org"' in html
    assert "<math" in html


@pytest.mark.parametrize(
    ("brought", "expected"),
    [
        ("<p>so $a_1$ is</p>", "<msub><mi>a</mi><mn>1</mn></msub>"),
        ("<p>$$\\sum_{i&lt;n} x$$</p>", '<math display="block"'),
        ("<p>$5 and $6, $x</p>", "<p>$5 and $6, $x</p>"),
        ("<p><code>$a$ $b$</code></p>", "<code>$a$ $b$</code>"),
        ("<p>$a &lt;script&gt; b$</p>", "&lt;"),
        ("<math><mi>x</mi></math>", "<math><mi>x</mi></math>"),
        ("<math><mtext><p>x</p></mtext></math>", "x"),
        ("<details><summary>a</summary>b</details>", "<details><summary>a</summary>b</details>"),
        ("<p><mark>a</mark></p>", "<mark>a</mark>"),
    ],
)
def test_what_an_archive_brings_reads_alike(brought: str, expected: str) -> None:
    html = sanitize(brought)
    assert expected in html
    assert sanitize(html) == html
    assert "<mtext><p>" not in html


HOSTILE = ["a: ", "w", "http://a", "见http:", "a@b.", "$a", "$$a\n", "<details>\n", "- [ ] a\n",
           "# a\n", "[^1]: a\n\n",
           "<kbd><b></kbd></b>", "<!--", "---\na: b\n", "```c\nx\n```\n", "[a](x) ", "|a|\n|-|\n",
           "a\n: b\n"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_longest_text_of_one_thing_takes_no_square(piece: str) -> None:
    """Twice as long takes about twice as many steps, not four times."""
    render(piece * 5, "x")
    assert steps(piece * (2_000 // len(piece))) < 3 * steps(piece * (1_000 // len(piece)))


def steps(text: str) -> int:
    counted = cProfile.Profile()
    counted.runcall(render, text, "x")
    return sum(entry.callcount for entry in counted.getstats())

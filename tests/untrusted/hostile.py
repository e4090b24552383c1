"""Texts made to run something: pieces of Markdown, HTML, formulas and known tricks, put together by chance."""

import random
from typing import Final

RUN: Final = "top.ran()"
_TRICKS: Final = [
    "<script>{run}</script>", "<img src=x onerror={run}>", "<svg onload={run}>", "<svg><script>{run}</script></svg>",
    "<body onload={run}>", "<iframe srcdoc='<script>top.{run}</script>'>", "<iframe src=javascript:{run}>",
    "<details open ontoggle={run}>", "<video><source onerror={run}></video>", "<audio src=x onerror={run}>",
    "<input autofocus onfocus={run}>", "<select autofocus onfocus={run}>", "<marquee onstart={run}>",
    "<style>@import 'x'</style><style onload={run}></style>", "<link rel=stylesheet href=x onerror={run}>",
    "<object data=javascript:{run}>", "<embed src=javascript:{run}>", "<base href=javascript:{run}//>",
    "<a href=javascript:{run} id=x>x</a>", "<a href='java\tscript:{run}'>x</a>",
    "<a href='&#106;avascript:{run}'>x</a>",
    "<form action=javascript:{run}><button>x</button></form>", "<math href=javascript:{run}>x</math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={run}&gt;'>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror={run}></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>", "<template><img src=x onerror={run}></template>",
    "<svg><style><img src=x onerror={run}></style></svg>", "<svg></p><style><a id='</style><img src=x onerror={run}>'>",
    "<table><td background=javascript:{run}>", "<xmp><p title='</xmp><img src=x onerror={run}>'>",
    "<textarea><img title='</textarea><img src=x onerror={run}>'>",
    "<title><img title='</title><img src=x onerror={run}>'>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>", "<a href='data:text/html,<script>{run}</script>'>x</a>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={run}>",
    "<p style='x:expression({run})'>",
    "[x](javascript:{run})", "[x](<javascript:{run}>)", "![x](x\" onerror=\"{run})", "<javascript:{run}>",
    "[x]: javascript:{run}\n[x]", "[x](data:text/html;base64,PHNjcmlwdD4=)", "https://a.b/\"onmouseover={run}//",
    "www.a.b/<script>{run}</script>", "a@b.c\"onclick={run}", "```\"><script>{run}</script>\nx\n```",
    "```python\n</code></pre><script>{run}</script>\n```", "# \"><img src=x onerror={run}>",
    "[^\"><img src=x onerror={run}>]",
    "[^n]\n\n[^n]: <img src=x onerror={run}>", "---\n<script>{run}</script>: <img src=x onerror={run}>\n---\n",
    "| <img src=x onerror={run}> |\n|:-\" onload={run}-:|\n| x |", "<details open ontoggle={run}>\nx\n</details>",
    "<details>\n<summary><img src=x onerror={run}></summary>\nx</details>", "<kbd onclick={run}>x</kbd>",
    "$\\text{{<img src=x onerror={run}>}}$", "$\\href{{javascript:{run}}}{{x}}$",
    "$$\\text{{</math><script>{run}</script>}}$$",
    "$\\class{{x\" onload=\"{run}}}{{y}}$", "$\\style{{background:url(javascript:{run})}}{{x}}$",
    "$\\mathrm{{\" onx={run} }}$",
    "$x \"><img src=x onerror={run}> <!-- $ <math alttext='\"><img src=x onerror={run}>'><mi alttext=x>y</mi></math>",
    "[x](tel:javascript:{run}) <a href='tel:1;{run}'>x</a> <math alttext='</math><script>{run}</script>'></math>",
    "$\\color{{red\"><img src=x onerror={run}>}}x$", "$\\text{{&lt;img src=x onerror={run}&gt;}}$",
    "$\\begin{{array}}{{c\" onx={run}}}a\\end{{array}}$", "$\\unicode{{<script>{run}</script>}}$",
]  # fmt: skip
_PLAIN: Final = [
    "<p>", "</p>", "<b>", "</b>", "<i>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<math>", "</math>", "<mtext>",
    "<mi>", "</mi>", "<svg>", "</svg>", "<style>", "</style>", "<title>", "</title>", "<!--", "-->", "<![CDATA[", "]]>",
    "<noscript>", "</noscript>", "<template>", "<select>", "<option>", "<ul>", "<li>", "<a href=x>", "</a>", "<form>",
    "<details>", "</details>", "<summary>", "<kbd>", "</kbd>", "<br>", "&lt;", "&gt;", "&quot;", "&#60;", "\x00", "\n",
    "\n\n", "> ", "- ", "1. ", "# ", "```\n", "`", "``", "*", "**", "_", "~~", "$", "$$", "\\", "|", "\n|-|-|\n",
    "[^1]",
    "\n[^1]: ", "[", "](", ")", "!", "<", ">", '"', "'", "=", "http://a.b/", "www.a.b", "a@b.c", "word ", "شكرا", "水",
    "\u202e", "\u2028", "\ufeff", "---\n", ": ", "- [ ] ", "<mglyph>", "<malignmark>", "<annotation-xml>",
    "<foreignObject>",
]  # fmt: skip


def texts(many: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(_piece(chance) for _ in range(chance.randint(1, 12))) for _ in range(many)]


def _piece(chance: random.Random) -> str:
    if chance.random() < 0.35:
        return chance.choice(_TRICKS).replace("{{", "{").replace("}}", "}").replace("{run}", RUN)
    return chance.choice(_PLAIN)

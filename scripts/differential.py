#!/usr/bin/env python3
"""Looks for texts of which the preview makes something else than Jekyll.

    cargo build --example fidelity && scripts/differential.py [--seconds N] [--seed N] [--posts DIR] [--layout]

Random texts are made of snippets of all constructs, of lines of real posts (--posts) and of changed bytes. Jekyll is
asked through `scripts/fixtures.rb --stream`, the preview through `fidelity --stream`. What differs is made as short as
it goes and printed; `--layout` also counts differences of white space between elements.
"""
import argparse
import glob
import os
import random
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)

BLOCKS = """# Title
## Über *uns* {#own}
### A `b` c ###
Title
=====
Sub
---
text
more text
- a
- b
* c
+ d
  - nested
    - deeper
1. one
2. two
10. ten
- [ ] task
- [x] done
> quote
>> deeper
> - in quote
    code
\tcode
```
```ruby
~~~
~~~ js
| a | b |
|---|:-:|
| c | `d|e` |
|===|
a | b
: definition
:   long one
Term
[^1]: A note
[^n]: Other *note*
    going on
[id]: http://x.org "T"
[two words]: <a b>
*[HTML]: Hyper Text
*[CSS]:
{: .cls #id}
{:toc}
{:ref: .x title="y"}
{: ref}
{::comment}
{:/comment}
{::nomarkdown}
{:/}
{::options parse_block_html="true" /}
^
***
- - -
---
$$
$$ a + b $$
<div>
</div>
<div markdown="1">
<p>para</p>
<p markdown="1">*x*</p>
<!-- comment -->
<br>
<img src="a.png">
<details><summary>s</summary>
</details>
<script>
</script>
<pre>
</pre>
<table><tr><td>
</td></tr></table>
<hr>
* * *
1) one
#no
\\* no list
  indented
   three
- 
1. 
>
* TOC
    - four
      six
  1. inner
-   wide
- # head
- > quote
-     code
    * sub
{:.a}
-\ttab
 \ttab
\t- tab
""".split("\n")

SPANS = """*em*
**strong**
***both***
_em_
__strong__
snake_case_word
*a **b** c*
**a *b* c**
`code`
``a ` b``
` x `
[link](http://x.org)
[l](u "t")
[l](<u v>)
[l](/a (b) c)
[id]
[text][id]
[x][]
[two words]
![img](a.png)
![i "q"](b.png 'T')
[![i](a.png)](u)
<http://x.org>
<me@x.org>
[^1]
[^n]
[^none]
<b>bold</b>
<span class="x">*y*</span>
<br/>
<img src='a'>
<u>*x*</u>
<!-- c -->
</b>
<code>a|b</code>
$$x_1$$
$5
"quoted"
'single'
it's
the '80s
"'both'"
--
---
...
<<
>>
<< a >>
\\*
\\_
\\\\
\\|
~~del~~
~x~
&amp;
&eacute;
&foo;
&#233;
{:.cls}
{: #id title="t"}
{::comment}x{:/}
{::nomarkdown}*i*{:/}
HTML
CSS
a|b
|
日本語"引用"
**注意：**聪
é*b*c
*
**
_
[
]
(
)
!
<
>
"
'
`
~~
{:
}
  
\\
:
x
y
1
Ü
""".split("\n")


class Process:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def write(self, *texts):
        for text in texts:
            self.process.stdin.write(text.encode("utf-8", "surrogatepass") + b"\0")
        self.process.stdin.flush()


class Oracles:
    def __init__(self, layout):
        self.jekyll = Process(["ruby", os.path.join(HERE, "fixtures.rb"), "--stream"])
        target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
        binaries = [os.path.join(target, kind, "examples/fidelity") for kind in ("release", "debug")]
        binaries = sorted((b for b in binaries if os.path.exists(b)), key=os.path.getmtime)
        self.ours = Process([binaries[-1], "--stream"])
        self.bad = ("differs", "layout") if layout else ("differs",)

    def html(self, text):
        self.jekyll.write(text)
        data = bytearray()
        while True:
            byte = self.jekyll.process.stdout.read1(65536)
            data += byte
            if not byte or data.endswith(b"\0"):
                return data[:-1].decode("utf-8", "replace")

    def differs(self, text):
        html = self.html(text)
        if html.startswith("ORACLE FAILED") or "\0" in html:
            return False
        self.ours.write(text, html)
        return self.ours.process.stdout.readline().decode().strip() in self.bad


def line(rng):
    parts = [rng.choice(SPANS) for _ in range(rng.randint(1, 6))]
    return rng.choice(["", "", " "]).join(parts) if rng.random() < 0.3 else " ".join(parts)


def made(rng):
    lines = []
    for _ in range(rng.randint(1, 10)):
        kind = rng.random()
        if kind < 0.45:
            text = rng.choice(BLOCKS)
            if rng.random() < 0.3:
                text += line(rng)
        elif kind < 0.8:
            text = line(rng)
        else:
            text = ""
        if rng.random() < 0.2:
            text = rng.choice([" ", "  ", "   ", "    ", "\t", "> ", "- ", "      "]) + text
        lines.append(text)
    return "\n".join(lines) + rng.choice(["\n", "\n", ""])


def mutated(rng, text):
    letters = list(text)
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(letters) + 1)
        kind = rng.random()
        if kind < 0.4:
            letters.insert(at, rng.choice("*_`[]()<>!\"'{}:|-#\\ \n\t$~&^.=1a"))
        elif kind < 0.7 and letters:
            del letters[min(at, len(letters) - 1)]
        elif letters:
            letters[min(at, len(letters) - 1)] = rng.choice("*_`[]()<>!\"'{}:|-#\\ \n\t$~&^.=1a")
    return "".join(letters)


def spliced(rng, posts):
    pieces = []
    for _ in range(rng.randint(1, 4)):
        lines = rng.choice(posts)
        at = rng.randrange(len(lines))
        pieces += lines[at:at + rng.randint(1, 8)]
    return "\n".join(pieces) + "\n"


def shortest(oracles, text, deadline):
    """Takes away lines, then stretches of characters, as long as the difference stays."""
    for joint in ("\n", ""):
        units = text.split("\n") if joint else list(text)
        size = max(len(units) // 2, 1)
        while size:
            at = 0
            while at < len(units) and time.time() < deadline:
                shorter = units[:at] + units[at + size:]
                if shorter and oracles.differs(joint.join(shorter)):
                    units = shorter
                else:
                    at += size
            size //= 2
        text = joint.join(units)
    return text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--posts")
    parser.add_argument("--layout", action="store_true")
    parser.add_argument("--most", type=int, default=20)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    oracles = Oracles(options.layout)
    posts = []
    for path in sorted(glob.glob(os.path.join(options.posts, "*.md"))) if options.posts else []:
        with open(path, encoding="utf-8", errors="replace") as file:
            posts.append(file.read().replace("\0", "").split("\n"))
    end = time.time() + options.seconds
    texts, found = 0, []
    while time.time() < end and len(found) < options.most:
        kind = rng.random()
        if posts and kind < 0.4:
            text = spliced(rng, posts)
            if rng.random() < 0.5:
                text = mutated(rng, text)
        else:
            text = made(rng)
            if kind > 0.8:
                text = mutated(rng, text)
        texts += 1
        if oracles.differs(text):
            short = shortest(oracles, text, time.time() + 10)
            if short not in found:
                found.append(short)
                print(repr(short), flush=True)
    print(f"{texts} texts, {len(found)} differences, seed {options.seed}")


if __name__ == "__main__":
    main()

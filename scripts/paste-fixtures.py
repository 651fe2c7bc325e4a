#!/usr/bin/python3
# Clipboard documents as real programs write them. In: tests/fixtures/paste/sources. Out: the text/html that Chromium,
# Firefox and LibreOffice put on the clipboard, in tests/fixtures/paste. Each .md next to them is written by hand.
# Needs: Xvfb, xclip, chromedriver, geckodriver, libreoffice-writer, libreoffice-calc, python3-uno.
# Run: xvfb-run -a /usr/bin/python3 scripts/paste-fixtures.py [chromium|firefox|libreoffice] …
import http.server, json, os, pathlib, shutil, subprocess, sys, tempfile, threading, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent / "tests/fixtures/paste"
SOURCES = sorted((ROOT / "sources").glob("*.html"))
# What a word processor has no use for: it would show a web page's parts of a selection as a whole.
ONLY_BROWSERS = {"part", "rows", "lines", "gutter", "editor", "layout", "footnotes", "plain"}


def clipboard(program, name):
    """Waits until the program offers HTML, and keeps it."""
    for _ in range(30):
        done = subprocess.run(["xclip", "-selection", "clipboard", "-t", "text/html", "-o"], capture_output=True)
        if done.returncode == 0 and done.stdout:
            break
        time.sleep(0.1)
    if not done.stdout:
        return False
    html = done.stdout.decode("utf-16" if done.stdout[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    (ROOT / f"{program}-{name}.html").write_text(html.replace("\r\n", "\n").rstrip("\0"))
    print(program, name, len(html))
    return True


def empty_clipboard():
    subprocess.run(["xclip", "-selection", "clipboard", "-i"], input=b"", stdout=subprocess.DEVNULL)


def call(port, method, path, body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method,
                                     data=None if body is None else json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))["value"]


SELECT = """const [from, to] = ["from", "to"].map(id => document.getElementById(id));
const range = document.createRange();
range.selectNodeContents(document.body);
if (from) range.setStart(from.firstChild, 0);
if (to) range.setEnd(to.firstChild, to.firstChild.length);
getSelection().removeAllRanges(); getSelection().addRange(range);"""


def browser(program, driver, port, options):
    handler = lambda *a: http.server.SimpleHTTPRequestHandler(*a, directory=str(ROOT / "sources"))
    handler.log_message = lambda *a: None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 4599), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    process = subprocess.Popen([*driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(2)
    session = call(port, "POST", "/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]
    try:
        for source in SOURCES:
            empty_clipboard()
            call(port, "POST", f"/session/{session}/url", {"url": f"http://127.0.0.1:4599/{source.name}"})
            call(port, "POST", f"/session/{session}/execute/sync", {"script": SELECT, "args": []})
            keys = [{"type": "keyDown", "value": "\ue009"}, {"type": "keyDown", "value": "c"},
                    {"type": "keyUp", "value": "c"}, {"type": "keyUp", "value": "\ue009"}]
            call(port, "POST", f"/session/{session}/actions", {"actions": [{"type": "key", "id": "k", "actions": keys}]})
            clipboard(program, source.stem)
    finally:
        call(port, "DELETE", f"/session/{session}")
        process.terminate()
        server.shutdown()
        server.server_close()


def libreoffice():
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK
    profile = tempfile.mkdtemp()
    office = subprocess.Popen(["soffice", f"-env:UserInstallation=file://{profile}", "--norestore", "--nologo",
                               "--accept=socket,host=127.0.0.1,port=4598;urp;"])
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(120):
        try:
            context = resolver.resolve("uno:socket,host=127.0.0.1,port=4598;urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.5)
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    dispatcher = create("com.sun.star.frame.DispatchHelper", context)

    def copy(document, name, select=".uno:SelectAll"):
        frame = document.CurrentController.Frame
        for _ in range(5):
            empty_clipboard()
            if select:
                dispatcher.executeDispatch(frame, select, "", 0, ())
            dispatcher.executeDispatch(frame, ".uno:Copy", "", 0, ())
            if clipboard("libreoffice", name):
                break
        document.close(True)

    for source in SOURCES:
        if source.stem not in ONLY_BROWSERS:
            filter_name = PropertyValue(Name="FilterName", Value="HTML (StarWriter)")
            copy(desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (filter_name,)), source.stem)

    def written(name, write):
        document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
        text = document.Text
        cursor = text.createTextCursor()

        def add(words, **properties):
            for key, value in properties.items():
                setattr(cursor, key, value)
            text.insertString(cursor, words, False)

        def end():
            text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
            cursor.setAllPropertiesToDefault()
        write(document, text, cursor, add, end)
        copy(document, name)

    def notes(document, text, cursor, add, end):
        def note(words):
            footnote = document.createInstance("com.sun.star.text.Footnote")
            text.insertTextContent(cursor, footnote, False)
            footnote.setString(words)
        add("Notes of a walk", ParaStyleName="Heading 1")
        end()
        add("The tower is old.", ParaStyleName="Text Body")
        note("Built about 1300.")
        add(" So is the wall.")
        note("Older still, see [2].")
        end()
        add("The gate is not.", ParaStyleName="Text Body")

    def report(document, text, cursor, add, end):
        add("Rapport d’automne", ParaStyleName="Title")
        end()
        add("Résumé", ParaStyleName="Heading 2")
        end()
        add("Tout va ", ParaStyleName="Text Body")
        add("très", CharWeight=150.0)
        add(" bien", CharWeight=100.0)
        add(", sauf le ", CharWeight=100.0)
        add("toit", CharPosture=uno.Enum("com.sun.star.awt.FontSlant", "ITALIC"))
        add(".", CharPosture=uno.Enum("com.sun.star.awt.FontSlant", "NONE"))
        end()
        for line in ("make clean", "make all  # tout"):
            add(line, ParaStyleName="Preformatted Text")
            end()
        add("On n’y touche plus.", ParaStyleName="Quotations")
        end()
        for level, words in ((0, "premier"), (1, "détail"), (0, "second")):
            add(words, ParaStyleName="Text Body", NumberingStyleName="List 1", NumberingLevel=level)
            end()
        for level, words in ((0, "un"), (1, "un bis"), (0, "deux")):
            add(words, ParaStyleName="Text Body", NumberingStyleName="Numbering 123", NumberingLevel=level)
            end()
        add("Fin.", ParaStyleName="Text Body")

    def grid(document, text, cursor, add, end):
        table = document.createInstance("com.sun.star.text.TextTable")
        table.initialize(3, 2)
        add("Öffnungszeiten:", ParaStyleName="Text Body")
        end()
        text.insertTextContent(cursor, table, False)
        for cell, words in zip(("A1", "B1", "A2", "B2", "A3", "B3"), ("Tag", "Zeit", "Montag", "9 | 12", "Dienstag", "zu")):
            table.getCellByName(cell).setString(words)
            table.getCellByName(cell).createTextCursor().ParaStyleName = "Table Heading" if cell.endswith("1") else "Table Contents"

    for name, write in (("notes", notes), ("report", report), ("grid", grid)):
        written(name, write)

    def sheet(name, rows, bold):
        document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        cells = document.Sheets.getByIndex(0)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                cell = cells.getCellByPosition(x, y)
                cell.Value = value if isinstance(value, float) else 0
                if isinstance(value, str):
                    cell.String = value
                if bold and y == 0:
                    cell.CharWeight = 150.0
        area = cells.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1)
        document.CurrentController.select(area)
        copy(document, name, None)

    sheet("sheet", [["Mois", "Pluie", "Soleil"], ["mai", 62.0, "beaucoup"], ["juin", 48.5, "trop | assez"]], True)
    sheet("numbers", [[1.0, 2.0], [3.5, 4.0], [5.0, 6.0]], False)
    sheet("column", [["rouge"], ["vert"], ["bleu"]], False)
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait(30)
    shutil.rmtree(profile, ignore_errors=True)


wanted = sys.argv[1:] or ["chromium", "firefox", "libreoffice"]
if "chromium" in wanted:
    browser("chromium", ["chromedriver"], 4601, {"goog:chromeOptions": {"args": ["--no-sandbox", "--disable-gpu"]}})
if "firefox" in wanted:
    browser("firefox", ["geckodriver"], 4602, {"moz:firefoxOptions": {"binary": os.environ.get("FIREFOX", "/usr/bin/firefox-esr")}})
if "libreoffice" in wanted:
    libreoffice()

"""VS Code's notebook, imitated on a bare page: VS Code itself is not run here.

What it does is taken from its sources and documents: it names the theme on the body, hands the
theme's colours over as variables, and shows widgets with JupyterLab's light colours on white
(`ipywidgets/renderer/styles.css` of microsoft/vscode-jupyter).
"""

from contextlib import contextmanager

THEMES = {  # the colours of its own dark themes; its light ones are those of JupyterLab
    "vscode-dark": {
        "editor-background": "#1F1F1F",
        "editor-foreground": "#CCCCCC",
        "descriptionForeground": "#9D9D9D",
        "input-background": "#313131",
        "textLink-foreground": "#4DAAFC",
    },
    "vscode-high-contrast": {
        "editor-background": "#000000",
        "editor-foreground": "#FFFFFF",
        "descriptionForeground": "#FFFFFF",
        "input-background": "#000000",
        "contrastBorder": "#6FC3DF",
        "textLink-foreground": "#21A6FF",
    },
}
PAGE = """<!doctype html><html lang="en"><head><title>Notebook</title>{styles}<style>
:root {{
  --jp-content-font-color1: rgba(0, 0, 0, 0.87); --jp-ui-font-color1: rgba(0, 0, 0, 0.87);
  --jp-ui-font-color2: rgba(0, 0, 0, 0.54); --jp-layout-color1: white;
  --jp-layout-color2: #EEEEEE; --jp-layout-color3: #BDBDBD; --jp-border-color1: #BDBDBD;
  --jp-border-width: 1px; --jp-ui-font-size1: 13px; {colours}
}}
body {{ font: 13px sans-serif; margin: 10px; overflow: visible;
  color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); }}
a {{ color: var(--vscode-textLink-foreground); }}
.cell-output-ipywidget-background {{ background: white !important; }}
select {{ background-image: none !important; }}
</style></head><body class="{theme}" data-vscode-theme-kind="{theme}">{outputs}</body></html>"""
# The style sheets of widgets alone: JupyterLab's own are not there.
STYLES = """[...document.querySelectorAll("style")]
    .filter(style => /\\.(jupyter-widget|gan-|noUi-)/.test(style.textContent))
    .map(style => style.outerHTML).join("")"""
OUTPUTS = """[...document.querySelectorAll(".jp-OutputArea-output")].map(({innerHTML}) =>
    /jupyter-widgets/.test(innerHTML)
    ? `<div class="cell-output-ipywidget-background">${innerHTML}</div>`
    : `<div>${innerHTML}</div>`).join("")"""


@contextmanager
def in_vs_code(notebook, theme):
    """Show the outputs of a notebook on a page as VS Code colours it; yield that page.

    Args:
        notebook: A `LabPage`.
        theme: A key of `THEMES`.
    """
    colours = "; ".join(f"--vscode-{name}: {colour}" for name, colour in THEMES[theme].items())
    styles, outputs = (notebook.page.evaluate(script) for script in (STYLES, OUTPUTS))
    page = notebook.page.context.new_page()
    try:
        page.set_content(PAGE.format(styles=styles, colours=colours, theme=theme, outputs=outputs))
        yield page
    finally:
        page.close()

// JupyterLab takes the arrow keys for its cells, wherever the focus is; here controls need them.
const KEYS = /^(Arrow|Home$|End$|Page)/;
function keepKeys(event) {
  if (KEYS.test(event.key) && event.target.closest("input, select, [role=slider]")) {
    event.stopPropagation();
  }
}

// ipywidgets writes a slider's label beside it and ties the two by place alone, and gives the three
// buttons of its Play icons without names. Screen readers need both.
const PLAY = { "fa-play": "Play", "fa-pause": "Pause", "fa-stop": "To the start", "fa-retweet": "Repeat" };
function nameControls(box) {
  const name = (control, text) => {
    if (text && control.getAttribute("aria-label") !== text) control.setAttribute("aria-label", text);
  };
  for (const row of box.querySelectorAll(".widget-slider")) {
    const label = row.querySelector(":scope > .widget-label");
    for (const handle of row.querySelectorAll("[role=slider]")) name(handle, label && label.textContent);
  }
  for (const icon of box.querySelectorAll(".widget-play i")) {
    name(icon.parentElement, PLAY[Object.keys(PLAY).find((each) => icon.classList.contains(each))]);
  }
}

// A text box with a problem told beneath it: a screen reader hears of both when the box has the focus.
function markProblems(box) {
  for (const column of box.querySelectorAll(".gan-checked")) {
    const [input, line] = [column.querySelector("input"), column.querySelector(".gan-problem")];
    if (line && !line.id) line.id = `gan-problem-${Math.random().toString(36).slice(2)}`;
    input?.setAttribute("aria-invalid", Boolean(line));
    input?.setAttribute("aria-describedby", line ? line.id : "");
  }
}

function keep(box) {
  box.addEventListener("keydown", keepKeys);
  const look = () => {
    nameControls(box);
    markProblems(box);
  };
  const watcher = new MutationObserver(look);
  watcher.observe(box, { childList: true, subtree: true });
  look();
  return () => watcher.disconnect();
}

function render({ el }) {
  let tries = 0;
  let release = () => {};
  function join() {
    const box = el.closest(".gan-box-of-controls");
    if (box) release = keep(box);
    else if (tries++ < 200) setTimeout(join, 50);
  }
  join();
  return () => release();
}
export default { render };

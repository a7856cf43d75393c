// A drawing area for points: mouse, pen or finger, and the keyboard. Fetches nothing.

const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // a sunflower's angle: fills a disc evenly
const SIZE = 340; // CSS pixels at most
const MOST = 3000; // points
const MOST_UNDO = 100;
let serial = 0;

function make(tag, properties = {}, children = []) {
  const { attributes = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const rounded = (value) => Math.round(value * 1000) / 1000;

function write(number) {
  return number.toFixed(2).replace("-", "−");
}

function render({ model, el }) {
  const id = `gan-canvas-${Date.now()}-${serial++}`;
  const cursor = { x: 0, y: 0, shown: false };
  let points = model.get("points").map((point) => [...point]);
  let stroke = null; // the last place of the pointer while it is down
  const past = []; // what the points were, for undo; the kernel keeps its own list
  let known = model.get("points"); // what they are, as of the last change

  const area = make("canvas", {
    className: "gan-canvas-area",
    tabIndex: 0,
    attributes: {
      role: "application",
      "aria-label": "Drawing area for points",
      "aria-describedby": `${id}-help`,
    },
  });
  const eraser = make("input", { type: "checkbox", className: "gan-canvas-eraser" });
  const brush = make("input", { type: "range", className: "gan-canvas-brush" });
  const size = make("span");
  const undo = make("button", {
    type: "button",
    className: "gan-canvas-undo jupyter-button",
    title: "Take back the last stroke (U on the drawing area)",
    textContent: "↶ Undo",
  });
  const clear = make("button", {
    type: "button",
    className: "gan-canvas-clear jupyter-button",
    title: "Remove all points",
    textContent: "✕ Clear",
  });
  const status = make("div", {
    className: "gan-canvas-status",
    attributes: { role: "status", "aria-live": "polite" },
  });
  const help = make("div", { id: `${id}-help`, className: "gan-canvas-help" });
  const tools = make("div", { className: "gan-canvas-tools" }, [
    make("label", { title: "Remove points instead of adding them (E on the drawing area)" }, [
      eraser,
      " Eraser",
    ]),
    undo,
    clear,
    make("label", { title: "The radius of the brush, in units of x (+ and − on the drawing area)" }, [
      "Brush ",
      brush,
      " ",
      size,
    ]),
  ]);
  const root = make(
    "div",
    { className: "gan-canvas-root", attributes: { "data-lm-suppress-shortcuts": "true" } },
    [area, tools, status, help],
  );
  el.append(root);

  const limits = () => model.get("limits");
  const width = () => limits()[1] - limits()[0];
  const toPixel = (value) => ((value - limits()[0]) / width()) * SIZE;
  const inside = (value) => Math.min(Math.max(value, limits()[0]), limits()[1]);

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    if (area.width !== Math.round(SIZE * ratio)) {
      area.width = area.height = Math.round(SIZE * ratio);
    }
    const pen = area.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, SIZE, SIZE);
    pen.font = "11px sans-serif";
    pen.lineWidth = 1;
    for (let tick = Math.ceil(limits()[0]); tick <= limits()[1]; tick++) {
      const at = Math.round(toPixel(tick)) + 0.5;
      pen.strokeStyle = tick === 0 ? "#9A9A9A" : "#E4E4E4";
      pen.beginPath();
      pen.moveTo(at, 0);
      pen.lineTo(at, SIZE);
      if (model.get("dimensions") === 2) {
        pen.moveTo(0, SIZE - at);
        pen.lineTo(SIZE, SIZE - at);
      }
      pen.stroke();
      pen.fillStyle = "#555555";
      const text = String(tick).replace("-", "−");
      if (at < SIZE - 12) pen.fillText(text, at + 3, SIZE - 4);
      if (tick !== 0 && model.get("dimensions") === 2 && at > 16) pen.fillText(text, 3, SIZE - at - 3);
    }
    pen.fillStyle = "#0072B2";
    for (const [x, y] of points) {
      pen.beginPath();
      pen.arc(toPixel(x), SIZE - toPixel(y), 2.2, 0, 2 * Math.PI);
      pen.fill();
      if (model.get("dimensions") === 1) pen.fillRect(toPixel(x) - 0.5, SIZE - 34, 1, 16);
    }
    if (cursor.shown) {
      const [x, y, radius] = [toPixel(cursor.x), SIZE - toPixel(cursor.y), toPixel(limits()[0] + brushSize())];
      pen.strokeStyle = "#000000";
      pen.setLineDash(eraser.checked ? [4, 3] : []);
      pen.beginPath();
      pen.arc(x, y, Math.max(radius, 2), 0, 2 * Math.PI);
      pen.moveTo(x - 5, y);
      pen.lineTo(x + 5, y);
      pen.moveTo(x, y - 5);
      pen.lineTo(x, y + 5);
      pen.stroke();
      pen.setLineDash([]);
    }
  }

  const brushSize = () => model.get("brush");

  function say(text = "") {
    const count = `${points.length} ${points.length === 1 ? "point" : "points"}`;
    status.textContent = text ? `${text} ${count}.` : `${count}.`;
  }

  function dab(x, y) {
    if (eraser.checked) return remove(x, y);
    const amount = model.get("amount");
    for (let index = 0; index < amount && points.length < MOST; index++) {
      const radius = brushSize() * Math.sqrt((index + 0.5) / amount);
      const angle = GOLDEN * points.length;
      const point = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      points.push(point.map((value) => rounded(inside(value))));
    }
  }

  function remove(x, y) {
    const reach = Math.max(brushSize(), width() / 60);
    points = points.filter(([a, b]) => Math.hypot(a - x, b - y) > reach);
  }

  function commit(text) {
    model.set("points", points.map((point) => [...point])); // calls showPoints
    model.save_changes();
    say(points.length >= MOST ? `That is the most this area holds.` : text);
    draw();
  }

  function takeBack() {
    if (past.length === 0) {
      model.send({ kind: "undo" }); // drawn before this page was opened
      return;
    }
    points = past.at(-1);
    commit("Took back the last change.");
  }

  function place(event) {
    const box = area.getBoundingClientRect();
    const share = (value, low, length) => limits()[0] + ((value - low) / length) * width();
    return [share(event.clientX, box.left, box.width), share(box.bottom - event.clientY, 0, box.height)];
  }

  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    area.setPointerCapture(event.pointerId);
    area.focus({ preventScroll: true });
    event.preventDefault();
    stroke = place(event);
    [cursor.x, cursor.y] = stroke.map(inside);
    dab(...stroke);
    draw();
  });
  area.addEventListener("pointermove", (event) => {
    const [x, y] = place(event);
    Object.assign(cursor, { x: inside(x), y: inside(y), shown: true });
    if (stroke) {
      const apart = Math.hypot(x - stroke[0], y - stroke[1]);
      const spacing = Math.max(brushSize(), width() / 50);
      const dabs = Math.floor(apart / spacing);
      const [fromX, fromY] = stroke;
      for (let number = 1; number <= dabs; number++) {
        const share = (number * spacing) / apart;
        stroke = [fromX + share * (x - fromX), fromY + share * (y - fromY)];
        dab(...stroke);
      }
    }
    draw();
  });
  const finish = () => {
    if (!stroke) return;
    stroke = null;
    commit("");
  };
  area.addEventListener("pointerup", finish);
  area.addEventListener("pointercancel", finish);
  area.addEventListener("pointerleave", () => {
    if (stroke || document.activeElement === area) return;
    cursor.shown = false;
    draw();
  });
  area.addEventListener("focus", () => {
    cursor.shown = true;
    draw();
  });
  area.addEventListener("blur", () => {
    cursor.shown = false;
    draw();
  });

  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  area.addEventListener("keydown", (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if ((event.ctrlKey || event.metaKey || event.altKey) && !(key === "z" && !event.altKey)) return;
    const here = () => `at ${write(cursor.x)}, ${write(cursor.y)}.`;
    if (directions[key]) {
      const step = width() * (event.shiftKey ? 0.1 : 0.02);
      cursor.x = inside(cursor.x + step * directions[key][0]);
      cursor.y = inside(cursor.y + step * directions[key][1]);
      say(`Cursor ${here()}`);
    } else if (key === " " || key === "Enter") {
      dab(cursor.x, cursor.y);
      commit(eraser.checked ? `Erased ${here()}` : `Placed ${here()}`);
    } else if (key === "Backspace" || key === "Delete") {
      remove(cursor.x, cursor.y);
      commit(`Erased ${here()}`);
    } else if (key === "u" || key === "z") {
      takeBack();
    } else if (key === "e") {
      eraser.checked = !eraser.checked;
      say(eraser.checked ? "Eraser on." : "Eraser off.");
    } else if (key === "+" || key === "=" || key === "-") {
      brush.value = Number(brush.value) + (key === "-" ? -1 : 1) * Number(brush.step);
      setBrush();
    } else {
      return; // Tab and the page's own keys stay as they are
    }
    cursor.shown = true;
    event.preventDefault();
    event.stopPropagation();
    draw();
  });

  function setBrush() {
    model.set("brush", Number(brush.value));
    model.save_changes();
  }
  function showBrush() {
    Object.assign(brush, { min: 0, max: rounded(width() / 8), step: rounded(width() / 120) });
    brush.value = brushSize();
    size.textContent = brushSize().toFixed(2);
    draw();
  }
  brush.addEventListener("input", setBrush);
  eraser.addEventListener("change", draw);
  undo.addEventListener("click", takeBack);
  clear.addEventListener("click", () => {
    points = [];
    commit("Cleared.");
  });

  // Every change comes by here, the page's own and the kernel's. One that leads back is an undo.
  function remember() {
    const text = JSON.stringify(model.get("points"));
    if (past.length > 0 && JSON.stringify(past.at(-1)) === text) past.pop();
    else past.push(known);
    if (past.length > MOST_UNDO) past.shift();
    known = model.get("points");
  }

  function showPoints() {
    remember();
    if (stroke) return; // the stroke in hand is written when the pointer is lifted
    points = model.get("points").map((point) => [...point]);
    say();
    draw();
  }
  function showHelp() {
    const one = model.get("dimensions") === 1;
    help.textContent =
      "Drag to draw. Keys: arrows move the cursor (with Shift further), Space or Enter places " +
      "points, Backspace removes those under the cursor, E eraser, + and − brush, U undo." +
      (one ? " Only left and right count: each point falls down to the line." : "");
    draw();
  }
  const watched = [
    ["change:points", showPoints],
    ["change:brush", showBrush],
    ["change:limits", showBrush],
    ["change:dimensions", showHelp],
  ];
  for (const [name, action] of watched) model.on(name, action);
  showBrush();
  showHelp();
  say();
  return () => {
    for (const [name, action] of watched) model.off(name, action);
  };
}

export default { render };

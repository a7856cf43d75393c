// What every picture that the browser draws is made of: elements, axes, colours, level lines.
// Nothing here knows of a model or a kernel, and nothing fetches.

export function make(tag, properties = {}, children = []) {
  const { attributes = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Which way an arrow key points, in the picture's own coordinates.
export const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// Keep letters, arrows and digits pressed in here from JupyterLab, which has commands for them; what
// has Ctrl, Cmd or Alt goes on to it, so that Ctrl+S saves.
export function keepPlainKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
}

// An id that no other widget of the page has: each loads these modules for itself, so none can count.
export function ownId(kind) {
  return `${kind}-${Math.random().toString(36).slice(2)}`;
}

// A number as the course writes it: a true minus, no "−0.00".
export function write(number, digits = 2) {
  const text = number.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

export const count = (number) => Math.round(number).toLocaleString("en-GB");

// The float32 numbers of a trait that holds bytes; empty where there are none.
export function floats(model, name) {
  const view = model.get(name);
  if (!view || !view.byteLength) return new Float32Array(0);
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// Give a canvas its size in CSS pixels, sharp on every screen; return its pen.
export function sharpen(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const size = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) {
    [canvas.width, canvas.height] = size;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = "#FFFFFF";
  pen.fillRect(0, 0, width, height);
  return pen;
}

// So many pixels as this share of the window's height, but not fewer than the least.
export const fitting = (share, least) => Math.max(least, share * window.innerHeight);

// A rectangle of the canvas with the coordinates that it shows.
export class Axes {
  constructor(left, top, width, height, xLimits, yLimits) {
    Object.assign(this, { left, top, width, height, xLimits, yLimits });
  }
  x = (value) => this.left + (this.width * (value - this.xLimits[0])) / (this.xLimits[1] - this.xLimits[0]);
  y = (value) =>
    this.top + this.height - (this.height * (value - this.yLimits[0])) / (this.yLimits[1] - this.yLimits[0]);
  back = (left, top) => [
    this.xLimits[0] + ((left - this.left) / this.width) * (this.xLimits[1] - this.xLimits[0]),
    this.yLimits[0] + ((this.top + this.height - top) / this.height) * (this.yLimits[1] - this.yLimits[0]),
  ];
  holds = (left, top) =>
    left >= this.left && left <= this.left + this.width && top >= this.top && top <= this.top + this.height;

  // Let `draw` paint inside the rectangle only.
  clip(pen, draw) {
    pen.save();
    pen.beginPath();
    pen.rect(this.left, this.top, this.width, this.height);
    pen.clip();
    draw();
    pen.restore();
  }

  // Ticks are pairs [value, text].
  frame(pen, { xTicks = [], yTicks = [], xLabel = "", yLabel = "", box = true } = {}) {
    pen.strokeStyle = "#555555";
    pen.fillStyle = "#333333";
    pen.lineWidth = 1;
    pen.font = "12px sans-serif";
    const [right, bottom] = [this.left + this.width, this.top + this.height];
    if (box) pen.strokeRect(this.left, this.top, this.width, this.height);
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const [value, text] of xTicks) {
      stroke(pen, [[this.x(value), bottom], [this.x(value), bottom + 4]]);
      pen.fillText(text, this.x(value), bottom + 6);
    }
    if (xLabel) pen.fillText(xLabel, this.left + this.width / 2, bottom + 20);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const [value, text] of yTicks) {
      stroke(pen, [[this.left - 4, this.y(value)], [this.left, this.y(value)]]);
      pen.fillText(text, this.left - 6, this.y(value));
    }
    if (yLabel) {
      pen.save();
      pen.translate(this.left - 34, this.top + this.height / 2);
      pen.rotate(-Math.PI / 2);
      pen.textAlign = "center";
      pen.fillText(yLabel, 0, 0);
      pen.restore();
    }
    return right;
  }
}

export function stroke(pen, points) {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.stroke();
}

// A line through (x, y) pairs in the axes' coordinates; it breaks where y is no number.
export function curve(pen, axes, xs, ys, { colour, width = 2, dash = [], steps = false }) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.beginPath();
  let open = false;
  for (let index = 0; index < ys.length; index++) {
    const [x, y] = [axes.x(xs[index]), axes.y(ys[index])];
    if (!Number.isFinite(y)) open = false;
    else if (!open) {
      pen.moveTo(x, y);
      open = true;
    } else {
      if (steps) pen.lineTo(x, axes.y(ys[index - 1]));
      pen.lineTo(x, y);
    }
  }
  pen.stroke();
  pen.setLineDash([]);
}

// Round places between two limits, some of them, as pairs [value, text].
export function ticks(low, high, most = 6) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const found = [];
  for (let value = Math.ceil(low / step - 1e-9) * step; value <= high + 1e-9 * step; value += step) {
    found.push([value, digits ? write(value, digits) : count(value + 0).replace("-", "−")]);
  }
  return found;
}

// The colour at a share from 0 to 1 of the way through a list of colours, as [r, g, b]: of D, from
// "surely fake" over ½ (white) to "surely real".
export function mix(share, colours) {
  const place = Math.min(Math.max(share, 0), 1) * (colours.length - 1);
  const from = Math.min(Math.floor(place), colours.length - 2);
  const parts = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  const [a, b] = [parts(colours[from]), parts(colours[from + 1])];
  return a.map((value, index) => Math.round(value + (place - from) * (b[index] - value)));
}

// Colour a square grid of shares (k × k, the first row lowest) over the axes.
const tile = document.createElement("canvas");
export function paint(pen, axes, grid, colours) {
  const size = Math.round(Math.sqrt(grid.length));
  tile.width = tile.height = size;
  const small = tile.getContext("2d");
  const image = small.createImageData(size, size);
  for (let index = 0; index < grid.length; index++) {
    const at = 4 * ((size - 1 - Math.floor(index / size)) * size + (index % size));
    image.data.set([...mix(grid[index], colours), 255], at);
  }
  small.putImageData(image, 0, 0);
  const half = [axes.width / (size - 1) / 2, axes.height / (size - 1) / 2]; // values sit mid-square
  axes.clip(pen, () => {
    pen.imageSmoothingEnabled = true;
    const [left, top] = [axes.left - half[0], axes.top - half[1]];
    pen.drawImage(tile, left, top, axes.width + 2 * half[0], axes.height + 2 * half[1]);
  });
}

// Marching squares: the line on which a square grid has this level, as paths of (x, y) pairs in the
// axes' coordinates. A square with a corner that is no number has no line.
export function levelLine(axes, grid, level) {
  const size = Math.round(Math.sqrt(grid.length));
  const [[x0, x1], [y0, y1]] = [axes.xLimits, axes.yLimits];
  const at = (column, row) => grid[row * size + column] - level;
  const ends = new Map(); // an edge of the grid -> the squares' pieces that end on it
  const cut = (c1, r1, c2, r2) => {
    const [a, b] = [at(c1, r1), at(c2, r2)];
    if (a >= 0 === b >= 0) return null;
    const share = a / (a - b);
    const [column, row] = [c1 + share * (c2 - c1), r1 + share * (r2 - r1)];
    const place = [x0 + (column / (size - 1)) * (x1 - x0), y0 + (row / (size - 1)) * (y1 - y0)];
    return { key: (r1 * size + c1) * 2 + (r1 === r2 ? 0 : 1), place };
  };
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const sum = at(column, row) + at(column + 1, row) + at(column, row + 1) + at(column + 1, row + 1);
      if (!Number.isFinite(sum)) continue;
      const cuts = [
        cut(column, row, column + 1, row),
        cut(column + 1, row, column + 1, row + 1),
        cut(column, row + 1, column + 1, row + 1),
        cut(column, row, column, row + 1),
      ].filter(Boolean);
      for (let pair = 0; pair + 1 < cuts.length; pair += 2) {
        const piece = { cuts: [cuts[pair], cuts[pair + 1]], used: false };
        for (const { key } of piece.cuts) ends.set(key, [...(ends.get(key) || []), piece]);
      }
    }
  }
  const paths = [];
  const follow = (piece, last) => {
    const path = [];
    while (piece && !piece.used) {
      piece.used = true;
      const next = piece.cuts.find((each) => each.key !== last);
      path.push(next.place);
      last = next.key;
      piece = ends.get(last).find((each) => !each.used);
    }
    return path;
  };
  for (const pieces of ends.values()) {
    for (const piece of pieces) {
      if (piece.used) continue;
      const [first] = piece.cuts;
      const onward = follow(piece, first.key);
      const back = follow(ends.get(first.key).find((each) => !each.used), first.key);
      paths.push([...back.reverse(), first.place, ...onward]);
    }
  }
  return paths;
}

export function drawPaths(pen, axes, paths, { colour, width, dash = [] }) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  for (const path of paths) stroke(pen, path.map(([x, y]) => [axes.x(x), axes.y(y)]));
  pen.setLineDash([]);
}

// The value of a square grid between its places, from the four around it.
export function between(grid, axes, x, y) {
  const size = Math.round(Math.sqrt(grid.length));
  const share = (value, [low, high]) => Math.min(Math.max((value - low) / (high - low), 0), 1) * (size - 1);
  const [across, up] = [share(x, axes.xLimits), share(y, axes.yLimits)];
  const [column, row] = [Math.min(Math.floor(across), size - 2), Math.min(Math.floor(up), size - 2)];
  const at = (right, above) => grid[(row + above) * size + column + right];
  const [right, above] = [across - column, up - row];
  return (
    (1 - above) * ((1 - right) * at(0, 0) + right * at(1, 0)) +
    above * ((1 - right) * at(0, 1) + right * at(1, 1))
  );
}

// Arrows in pixels: [x, y, dx, dy].
export function drawArrows(pen, arrows, colour) {
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 1.6;
  for (const [x, y, dx, dy] of arrows) {
    const length = Math.hypot(dx, dy);
    if (length < 1) continue;
    const head = Math.min(7, length);
    const [ux, uy] = [dx / length, dy / length];
    const [baseX, baseY] = [x + dx - head * ux, y + dy - head * uy];
    stroke(pen, [[x, y], [baseX, baseY]]);
    pen.beginPath();
    pen.moveTo(x + dx, y + dy);
    pen.lineTo(baseX - 0.45 * head * uy, baseY + 0.45 * head * ux);
    pen.lineTo(baseX + 0.45 * head * uy, baseY - 0.45 * head * ux);
    pen.fill();
  }
}

// Call `draw` before the next picture of the page, once however often it was asked for.
export function soon(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame((now) => {
      asked = false;
      draw(now);
    });
  };
}

// Measure an element now and whenever it or the window changes its size, and tell the model whether
// it can be seen. Returns a function that ends both.
export function attend(model, element, measure) {
  const sizes = new ResizeObserver(measure);
  sizes.observe(element);
  window.addEventListener("resize", measure);
  const stopTelling = tellWhetherSeen(model, element);
  measure();
  return () => {
    sizes.disconnect();
    window.removeEventListener("resize", measure);
    stopTelling();
  };
}

// Tell the model whether its picture can be seen: what is off the screen is not sent.
function tellWhetherSeen(model, element) {
  const tell = (seen) => {
    if (model.get("seen") === seen) return;
    model.set("seen", seen);
    model.save_changes();
  };
  let inside = true;
  const update = () => tell(inside && document.visibilityState === "visible");
  const watcher = new IntersectionObserver((entries) => {
    inside = entries.at(-1).isIntersecting;
    update();
  });
  watcher.observe(element);
  document.addEventListener("visibilitychange", update);
  return () => {
    watcher.disconnect();
    document.removeEventListener("visibilitychange", update);
  };
}

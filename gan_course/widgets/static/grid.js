// Images in rows, from the pixels that the kernel sends; below each, what the discriminator says of
// it; and where the generator's loss pushes the pixels of fakes.
import { attend, fitting, floats, keepPlainKeys, make, mix, ownId, sharpen, soon, write } from "./drawing.js";

const GAP = 3; // pixels between two images
const BAR = 4; // pixels below an image, for the bar that tells D of it
const EMPTY = "#D9D9D9"; // the ground of such a bar
const LINE = 18; // pixels of a line of text: heads, or the title of a block
const HALF = 128; // a fake's outline runs where its grey passes this
const HINT = "Point at an image, or use the arrow keys, to hear which it is.";
const HINT_OF_BARS = "The bar below an image is D(x): full where D holds it for real.";

function render({ model, el }) {
  const id = ownId("gan-grid");
  const canvas = make("canvas", {
    tabIndex: 0,
    className: "gan-grid-canvas",
    attributes: { role: "img", "aria-describedby": `${id}-said` },
  });
  const said = make("span", { id: `${id}-said`, attributes: { role: "status" } });
  const hint = make("span");
  const below = make("div", { className: "gan-grid-said" }, [said, hint]);
  const root = make("div", { className: "gan-grid" }, [canvas, below]);
  keepPlainKeys(root);
  el.append(root);
  let [width, tall] = [0, 0]; // CSS pixels that there are, at most
  let asked = null; // {block, at}: the image that is asked about
  let shades = []; // the colour of each push, from −127 to 127
  const sheet = document.createElement("canvas");

  const bytes = (name) => {
    const view = model.get(name);
    return view && view.byteLength ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array(0);
  };
  const pushes = () => {
    const found = bytes("pushes");
    return new Int8Array(found.buffer, found.byteOffset, found.length);
  };

  // Where things are drawn ----------------------------------------------------------------------

  // The size of an image, of the canvas, and the places of the blocks. The canvas is as high with
  // titles as without: then its images are a little smaller.
  function places() {
    const [high, wide] = model.get("shape");
    const [columns, rows, blocks] = [model.get("columns"), model.get("rows"), model.get("blocks")];
    const heads = model.get("heads").length ? LINE : 0;
    const widest = (width - GAP) / columns - GAP;
    const cell = (room) => Math.max(1, Math.min(widest, ((room / rows - BAR - GAP) * wide) / high));
    const most = cell(tall - heads);
    const height = Math.round(rows * ((most * high) / wide + BAR + GAP) + heads + GAP);
    const lines = heads + LINE * blocks.filter(({ title }) => title).length;
    const size = cell(height - GAP - lines);
    const step = { x: size + GAP, y: (size * high) / wide + BAR + GAP };
    let [top, first] = [heads, 0];
    const found = blocks.map((block) => {
      top += block.title ? LINE : 0;
      const place = { ...block, top, first: block.name === "pushes" ? null : first };
      top += step.y * Math.ceil(block.count / columns);
      first += block.name === "pushes" ? 0 : block.count;
      return place;
    });
    return { columns, size, step, height, width: Math.round(columns * (most + GAP) + GAP), blocks: found };
  }
  const corner = ({ columns, step }, block, at) => [
    GAP + (at % columns) * step.x,
    block.top + GAP + Math.floor(at / columns) * step.y,
  ];

  // Lay the images of a block on a sheet of their own size; `colour(index)` gives [r, g, b].
  function layOut(many, columns, colour) {
    const [high, wide] = model.get("shape");
    [sheet.width, sheet.height] = [columns * wide, Math.ceil(many / columns) * high || 1];
    const pen = sheet.getContext("2d");
    const picture = pen.createImageData(sheet.width, sheet.height);
    for (let image = 0; image < many; image++) {
      const [left, top] = [(image % columns) * wide, Math.floor(image / columns) * high];
      for (let pixel = 0; pixel < high * wide; pixel++) {
        const to = 4 * ((top + Math.floor(pixel / wide)) * sheet.width + left + (pixel % wide));
        const [r, g, b] = colour(image * high * wide + pixel);
        picture.data[to] = r;
        picture.data[to + 1] = g;
        picture.data[to + 2] = b;
        picture.data[to + 3] = 255;
      }
    }
    pen.putImageData(picture, 0, 0);
  }

  function drawImages(pen, place, block) {
    const [high, wide] = model.get("shape");
    const scale = (place.size * (window.devicePixelRatio || 1)) / wide;
    pen.imageSmoothingEnabled = scale !== Math.round(scale);
    for (let at = 0; at < block.count; at++) {
      const [x, y] = corner(place, block, at);
      const from = [(at % place.columns) * wide, Math.floor(at / place.columns) * high];
      pen.drawImage(sheet, ...from, wide, high, x, y, place.size, (place.size * high) / wide);
    }
  }

  // The line between the dark and the bright pixels of an image, so that its shape is seen.
  function outline(pen, place, block, at, grey) {
    const [high, wide] = model.get("shape");
    const [[x, y], unit] = [corner(place, block, at), place.size / wide];
    const dark = (row, column) => grey(at * high * wide + row * wide + column) < HALF;
    pen.beginPath();
    for (let row = 0; row < high; row++) {
      for (let column = 0; column < wide; column++) {
        const here = dark(row, column);
        const [left, top] = [x + column * unit, y + row * unit];
        if (column && here !== dark(row, column - 1)) {
          pen.moveTo(left, top);
          pen.lineTo(left, top + unit);
        }
        if (row && here !== dark(row - 1, column)) {
          pen.moveTo(left, top);
          pen.lineTo(left + unit, top);
        }
      }
    }
    pen.stroke();
  }

  function drawBars(pen, place, block) {
    const verdicts = floats(model, "verdicts");
    if (!verdicts.length || block.first === null) return;
    for (let at = 0; at < block.count; at++) {
      const [x, y] = corner(place, block, at);
      const top = y + place.step.y - BAR - GAP + 1;
      pen.fillStyle = EMPTY;
      pen.fillRect(x, top, place.size, BAR - 1);
      pen.fillStyle = model.get("verdict_colour");
      pen.fillRect(x, top, place.size * verdicts[block.first + at], BAR - 1);
    }
  }

  function drawTexts(pen, place) {
    pen.font = "12px sans-serif";
    pen.textBaseline = "middle";
    pen.fillStyle = "#1A1A1A";
    pen.textAlign = "center";
    model.get("heads").forEach((head, column) => {
      pen.fillText(head, GAP + (column + 0.5) * place.step.x - GAP / 2, LINE / 2);
    });
    pen.textAlign = "left";
    for (const { title, top, keys } of place.blocks) {
      let left = GAP;
      const write_ = (text) => {
        pen.fillStyle = "#1A1A1A";
        pen.fillText(text, left, top - LINE / 2 + 1);
        left += pen.measureText(text).width + 8;
      };
      if (title) write_(title);
      for (const [colour, meaning] of keys) {
        pen.fillStyle = colour;
        pen.fillRect(left, top - LINE / 2 - 4, 10, 10);
        left += 14;
        write_(meaning);
      }
    }
  }

  function ring(pen, place, block, at) {
    const [x, y] = corner(place, block, at);
    pen.strokeStyle = "#0072B2";
    pen.lineWidth = 2.5;
    pen.strokeRect(x - 1.5, y - 1.5, place.size + 3, place.step.y - BAR - GAP + 3);
  }

  const draw = soon(() => {
    if (!width) return;
    const place = places();
    const [high, wide, channels] = model.get("shape");
    const [pixels, pushed] = [bytes("images"), pushes()];
    const pen = sharpen(canvas, place.width, place.height);
    let above = null; // the block whose images are pushed
    for (const block of place.blocks) {
      if (block.name === "pushes") {
        layOut(block.count, place.columns, (index) => shades[pushed[index] + 127]);
        drawImages(pen, place, block);
        pen.strokeStyle = "#808080";
        pen.lineWidth = 0.7;
        const start = above.first * high * wide;
        const grey = (index) => pixels[(start + index) * channels + (channels === 3 ? 1 : 0)];
        for (let at = 0; at < block.count; at++) outline(pen, place, block, at, grey);
      } else {
        const start = block.first * high * wide;
        const colour = (index) => {
          const at = (start + index) * channels;
          return channels === 3 ? [pixels[at], pixels[at + 1], pixels[at + 2]] : [pixels[at], pixels[at], pixels[at]];
        };
        layOut(block.count, place.columns, colour);
        drawImages(pen, place, block);
        drawBars(pen, place, block);
        above = block;
      }
    }
    drawTexts(pen, place);
    const paired = place.blocks.some(({ name }) => name === "pushes"); // a fake and its push
    place.blocks.forEach((block, number) => {
      if (asked && (paired || number === asked.block)) ring(pen, place, block, asked.at);
    });
    canvas.setAttribute("aria-label", model.get("alt"));
    hint.textContent = floats(model, "verdicts").length ? HINT_OF_BARS : HINT;
    root.dataset.step = model.get("step");
    root.dataset.images = place.blocks.filter(({ first }) => first !== null).reduce((sum, block) => sum + block.count, 0);
    root.dataset.pushes = pushed.length / (high * wide);
    root.dataset.drawn = Number(root.dataset.drawn || 0) + 1;
  });

  // What is asked of the picture -----------------------------------------------------------------

  function describe() {
    const { columns, blocks } = places();
    const block = blocks[asked.block];
    const names = { pushes: "Push on the fake in row", real: "Real example in row", fakes: "Fake in row" };
    const owner = block.first === null ? blocks[asked.block - 1] : block;
    const index = owner.first + asked.at;
    const parts = [`${names[block.name] || "Row"} ${Math.floor(asked.at / columns) + 1}, column ${(asked.at % columns) + 1}`];
    const [labels, verdicts] = [model.get("labels"), floats(model, "verdicts")];
    if (labels.length) parts.push(`label ${labels[index]}`);
    if (verdicts.length) parts.push(`D(x) = ${write(verdicts[index])}`);
    return `${parts.join(", ")}.`;
  }

  function tell() {
    said.textContent = asked ? describe() : "";
    hint.hidden = asked !== null;
    draw();
  }

  function find(event) {
    const box = canvas.getBoundingClientRect();
    const place = places();
    const [x, y] = [((event.clientX - box.left) * place.width) / box.width, ((event.clientY - box.top) * place.height) / box.height];
    for (const [number, block] of place.blocks.entries()) {
      const [column, row] = [Math.floor((x - GAP) / place.step.x), Math.floor((y - block.top) / place.step.y)];
      const at = row * place.columns + column;
      if (column >= 0 && column < place.columns && row >= 0 && at < block.count) return { block: number, at };
    }
    return null;
  }

  // The image that an arrow key leads to: from one block to the next, too.
  function stepTo(key) {
    const { columns, blocks } = places();
    if (!asked) return blocks.some((block) => block.count) ? { block: blocks.findIndex((block) => block.count), at: 0 } : null;
    const far = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
    const at = asked.at + far;
    if (at >= 0 && at < blocks[asked.block].count) return { block: asked.block, at };
    const next = asked.block + Math.sign(far);
    if (Math.abs(far) === 1 || !blocks[next]?.count) return asked;
    const last = blocks[next].count - 1;
    const column = asked.at % columns;
    return { block: next, at: Math.min(last, far > 0 ? column : last - (last % columns) + column) };
  }

  for (const event_ of ["pointermove", "pointerdown"]) {
    canvas.addEventListener(event_, (event) => {
      asked = find(event);
      tell();
    });
  }
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!event.key.startsWith("Arrow") && event.key !== "Escape") return;
    asked = event.key === "Escape" ? null : stepTo(event.key);
    event.preventDefault();
    event.stopPropagation();
    tell();
  });
  for (const gone of ["pointerleave", "blur"]) {
    canvas.addEventListener(gone, () => {
      asked = null;
      tell();
    });
  }

  const follow = () => {
    const blocks = model.get("blocks");
    if (asked && asked.at >= (blocks[asked.block]?.count ?? 0)) asked = null;
    tell();
  };
  model.on("change:frame", follow);
  const measure = () => {
    width = Math.floor(Math.min(root.clientWidth, model.get("most_pixels")));
    tall = Math.floor(fitting(0.52, 300));
    draw();
  };
  shades = Array.from({ length: 256 }, (_, at) => mix(at / 254, model.get("signs")));
  const leave = attend(model, root, measure);
  follow();
  return () => {
    model.off("change:frame", follow);
    leave();
  };
}

export default { render };

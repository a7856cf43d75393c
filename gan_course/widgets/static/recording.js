// A recorded run, unpacked: what each scene shows at each of its moments. `widgets/player.py` says
// what the file holds.
const FORMAT = "gan-course recording";
const VERSION = 1;

async function decompressed(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// The numbers of an array at one moment; 0 stands for "no number".
function numbersAt(buffer, { offset, length, bits, low, high, power, frames }, moment) {
  const start = offset + (frames === 1 ? 0 : moment * length * (bits / 8));
  const end = start + length * (bits / 8);
  if (bits === 32) return new Float32Array(buffer.slice(start, end));
  const kept = bits === 16 ? new Uint16Array(buffer.slice(start, end)) : new Uint8Array(buffer.slice(start, end));
  const step = (high - low) / (2 ** bits - 2);
  return Float32Array.from(kept, (each) => (each ? (low + (each - 1) * step) ** power : NaN));
}

// Unpack the bytes of a file. Throws an Error where they are no recording.
//
// Returns what stays (`points` and `curves`, the state of both scenes at the first moment), the
// `steps` of the moments, and `at(moment)`, which gives what changes.
export async function unpack(bytes) {
  const buffer = await decompressed(bytes);
  const long = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, long)));
  if (header.format !== FORMAT || header.version !== VERSION) throw new Error("another format");
  const body = buffer.slice(4 + long);
  if (body.byteLength !== header.bytes) throw new Error("a part is missing");
  const { moving, arrays } = header;
  const [first, ...rest] = [arrays.find(({ name }) => name === "values"), ...arrays.filter(({ name }) => name !== "values")];
  const values = numbersAt(body, first, 0);
  const many = moving.step.length;
  const lines = values.length / many;

  function at(moment) {
    const points = Object.fromEntries(Object.entries(moving).map(([name, each]) => [name, each[moment]]));
    for (const array of rest) {
      if (array.frames > 1 || moment === 0) points[array.name] = numbersAt(body, array, moment);
    }
    const shown = new Float32Array(lines * (moment + 1));
    for (let line = 0; line < lines; line++) {
      shown.set(values.subarray(line * many, line * many + moment + 1), line * (moment + 1));
    }
    const steps = Float32Array.from(moving.step.slice(0, moment + 1));
    return { points, curves: { steps, values: shown, alt: points.said } };
  }
  const { points, curves } = at(0);
  return {
    title: header.title,
    steps: moving.step,
    points: { ...header.points, ...points },
    curves: { ...header.curves, ...curves },
    at,
  };
}

// sharp as a candidate: the form is the argument, the commands are those of the Java child.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const sharp = require('sharp');

const QUALITY = 80;
const WORKLOADS = {
  W1: [[400, 'jpg']],
  W2: [[1600, 'jpg'], [1200, 'jpg'], [800, 'jpg'], [400, 'jpg'], [200, 'jpg']],
  W2_TURNED: [[1600, 'jpg'], [1200, 'jpg'], [800, 'jpg'], [400, 'jpg'], [200, 'jpg']],
  W2_PROFILE: [[1600, 'jpg'], [1200, 'jpg'], [800, 'jpg'], [400, 'jpg'], [200, 'jpg']],
  W3: [[800, 'png'], [800, 'jpg']],
  W4: [[800, 'webp']],
};
const form = process.argv[2];
const optimiseCoding = form !== 'best';

// One thread per pipeline; many at a time come from many pipelines. No operation is answered from a cache.
sharp.concurrency(1);
sharp.cache(false);

function encoded(pipeline, extension) {
  if (extension === 'png') return pipeline.png().toBuffer();
  if (extension === 'webp') return pipeline.webp({ quality: QUALITY }).toBuffer();
  return pipeline.flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY, optimiseCoding }).toBuffer();
}

function raw(pipeline) {
  return pipeline.raw().toBuffer({ resolveWithObject: true });
}

function ofRaw({ data, info }) {
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

// A photo that lies on its side is turned upright; a profile is converted to sRGB unasked.
function opened(source, workload) {
  return workload === 'W2_TURNED' ? sharp(source).autoOrient() : sharp(source);
}

const FORMS = {
  // A pipeline from the compressed bytes for each variant: what most programs do.
  async each(source, targets, workload) {
    const made = [];
    for (const [width, extension] of targets) made.push(await encoded(opened(source, workload).resize(width), extension));
    return made;
  },
  // One input object, cloned for each variant, all awaited together: what sharp's documentation shows.
  async clone(source, targets, workload) {
    const input = opened(source, workload);
    return Promise.all(targets.map(([width, extension]) => encoded(input.clone().resize(width), extension)));
  },
  // Decoded and scaled once to the largest width, every variant from those raw pixels.
  async raw(source, targets, workload) {
    const largest = await raw(opened(source, workload).resize(targets[0][0]));
    const made = [];
    for (const [width, extension] of targets) {
      const pipeline = ofRaw(largest);
      made.push(await encoded(width === largest.info.width ? pipeline : pipeline.resize(width), extension));
    }
    return made;
  },
  // As raw, each variant from the raw pixels of the one before, and Huffman tables as they are.
  async best(source, targets, workload) {
    let current = await raw(opened(source, workload).resize(targets[0][0]));
    const made = [];
    for (const [width, extension] of targets) {
      if (width !== current.info.width) current = await raw(ofRaw(current).resize(width));
      made.push(await encoded(ofRaw(current), extension));
    }
    return made;
  },
};

let sources = [];

async function run(workload, count, threads) {
  let next = 0;
  let bytes = 0;
  const worker = async () => {
    while (next < count) {
      const source = sources[next++ % sources.length];
      for (const made of await FORMS[form](source, WORKLOADS[workload], workload)) bytes += made.length;
    }
  };
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: threads }, worker));
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const used = process.cpuUsage(cpu);
  return [(used.user + used.system) / 1e6, wall, bytes, 0].join('\t');
}

async function save(workload, index, folder) {
  const targets = WORKLOADS[workload];
  const made = await FORMS[form](sources[index], targets, workload);
  targets.forEach(([width, extension], i) => fs.writeFileSync(path.join(folder, `${width}.${extension}`), made[i]));
  return 'ok';
}

async function answer([command, ...rest]) {
  if (command === 'load') {
    sources = rest.map((file) => fs.readFileSync(file));
    return 'ok';
  }
  if (command === 'run') return run(rest[0], Number(rest[1]), Number(rest[2]));
  if (command === 'save') return save(rest[0], Number(rest[1]), rest[2]);
  throw new Error(`no command ${command}`);
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let text;
    try {
      text = await answer(line.split('\t'));
    } catch (e) {
      text = `error\t${e.message.replace(/\s+/g, ' ')}`;
    }
    process.stdout.write(`${text}\n`);
  }
})();

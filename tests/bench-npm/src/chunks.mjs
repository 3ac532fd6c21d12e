// A wire in the chunks in which a socket might give it.

import { Buffer } from 'node:buffer';

/** How a wire is cut: as a busy socket gives it, or as a quiet one does. */
export const CUTS = ['chunks of 64 KiB', 'one frame a chunk'];

/**
 * Whether each chunk is memory that nobody has seen before, as Node's sockets give it (an `ArrayBuffer` of its own, of
 * the chunk's length), or the buffers of the last pass are filled again.
 */
export const MEMORIES = ['fresh', 'reused'];

const CHUNK = 64 * 1024;

/** Chunks are filled in groups that fit into a second-level cache, so that they are as warm as after a read. */
const GROUP_BYTES = 256 * 1024;
const GROUP_CHUNKS = 1024;

/**
 * Groups of chunks, filled when they are asked for: the whole wire once. What a contestant does to a chunk is undone by
 * the next filling.
 *
 * @returns {() => Generator<Buffer[]>}
 */
export function chunked(wire, cut, memory) {
  const groups = grouped(ranges(wire, cut));
  const kept = memory === 'reused' ? groups.map((ranges) => ranges.map(empty)) : null;
  return function* () {
    for (const [number, ranges] of groups.entries()) {
      const buffers = kept === null ? ranges.map(empty) : kept[number];
      for (const [place, [start, end]] of ranges.entries()) wire.bytes.copy(buffers[place], 0, start, end);
      yield buffers;
    }
  };
}

function empty([start, end]) {
  return Buffer.from(new ArrayBuffer(end - start));
}

/** Where each chunk begins and ends in the wire. */
export function ranges({ bytes, bounds }, cut) {
  if (cut === 'one frame a chunk') return bounds.slice(1).map((end, number) => [bounds[number], end]);
  const starts = Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, number) => number * CHUNK);
  return starts.map((start) => [start, Math.min(start + CHUNK, bytes.length)]);
}

function grouped(ranges) {
  const groups = [];
  let [group, size] = [[], 0];
  for (const [start, end] of ranges) {
    const full = size + end - start > GROUP_BYTES || group.length === GROUP_CHUNKS;
    if (group.length === 0 || full) {
      groups.push((group = []));
      size = 0;
    }
    group.push([start, end]);
    size += end - start;
  }
  return groups;
}

import type { MetricSample } from '../metrics/metric.ts';

/** The rows of a sample at the given positions; groups and queries keep their codes. */
export function takeSample<Sample extends MetricSample>(sample: Sample, rows: Uint32Array): Sample {
  const entries = Object.entries(sample).map(([name, value]) => [name, takeEntry(sample, value, rows)]);
  return Object.fromEntries(entries) as Sample;
}

/** Positions picked out of an array of one value (or `width` values) for each row. */
export function takeValues<Values extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
  values: Values,
  rows: Uint32Array,
  width = 1,
): Values {
  const taken = new (values.constructor as new (size: number) => Values)(rows.length * width);
  for (let index = 0; index < rows.length; index++) {
    const start = rows[index]! * width;
    for (let offset = 0; offset < width; offset++) taken[index * width + offset] = values[start + offset]!;
  }
  return taken;
}

function takeEntry(sample: MetricSample, value: unknown, rows: Uint32Array): unknown {
  if (!(value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array))
    return value;
  const wide = sample.task === 'multiclass-classification' && value === sample.probabilities;
  return takeValues(value, rows, wide ? sample.classCount : 1);
}

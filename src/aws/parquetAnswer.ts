/** Some of the objects that a Parquet file lists, as a thread hands them over: in columns. */
export interface ParquetAnswer {
  readonly keys: readonly string[];
  /** In bytes. */
  readonly sizes: Float64Array;
  /** In epoch milliseconds; NaN where it is not told. */
  readonly modified: Float64Array;
  /** Whether there are no more. */
  readonly isLast: boolean;
}

export function isParquetAnswer(value: unknown): value is ParquetAnswer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keys' in value &&
    Array.isArray(value.keys) &&
    'sizes' in value &&
    value.sizes instanceof Float64Array &&
    'modified' in value &&
    value.modified instanceof Float64Array &&
    'isLast' in value
  );
}

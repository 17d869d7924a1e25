import { existsSync, readdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError, OutsideError } from '../../../src/core/errors.ts';
import { describeWithSharedData, sharedPath } from '../../support/shared-data.ts';
import { useEngine } from './engine-fixture.ts';

/**
 * Every odd file with what a careful reader gets from it. Rows, columns and cells of files that can be read are
 * those of Python's csv module and of pyarrow; where the text of a cell differs, the value is the same.
 */

const fixture = useEngine();
const directory = sharedPath('data/odd');

type Readable = readonly [
  path: string,
  rows: number,
  columns: number,
  /** The first cells of the last row; undefined is missing. */
  last: readonly (string | undefined)[],
];

const READ: readonly Readable[] = [
  ['csv/csv-spectrum/comma_in_quotes.csv', 1, 5, ['John', 'Doe', '120 any st.', 'Anytown, WW']],
  ['csv/csv-spectrum/empty.csv', 2, 3, ['2', '3', '4']],
  ['csv/csv-spectrum/empty_crlf.csv', 2, 3, ['2', '3', '4']],
  ['csv/csv-spectrum/json.csv', 1, 2, ['1']],
  [
    'csv/csv-spectrum/location_coordinates.csv',
    1,
    4,
    ['2095257564', '37�36\'37.8"N 121�2\'17.9"W', 'Modesto', 'Stanislaus'],
  ],
  ['csv/csv-spectrum/quotes_and_newlines.csv', 2, 2, ['3', '4']],
  ['csv/csv-spectrum/simple_crlf.csv', 1, 3, ['1', '2', '3']],
  ['csv/csv-spectrum/utf8.csv', 2, 3, ['4', '5', 'ʤ']],
  ['csv/frictionless/Table With Data.csv', 2, 2, ['2', '中国人']],
  ['csv/frictionless/[table].csv', 2, 2, ['2', '中国人']],
  ['csv/frictionless/blank-rows-multiple.csv', 13, 3, [undefined, undefined, undefined]],
  ['csv/frictionless/blank-rows-no-fields.csv', 2, 3, ['1102', 'Julie', '26']],
  ['csv/frictionless/blank-rows.csv', 3, 3, [undefined, undefined, undefined]],
  ['csv/frictionless/bom.csv', 2, 2, ['2', '中国人']],
  ['csv/frictionless/capital-valid.csv', 5, 2, ['5', 'Rome']],
  ['csv/frictionless/countries-truefalsevalues.csv', 2, 2, ['2', 'no']],
  ['csv/frictionless/duplicate-rows.csv', 3, 3, ['1101', 'John', '30']],
  [
    'csv/frictionless/encoding-issue-274.csv',
    507,
    17,
    ['nz/world-buskers-festival-trust', 'World Buskers Festival Trust', undefined, undefined],
  ],
  ['csv/frictionless/floats.csv', 5, 1, ['1.5']],
  ['csv/frictionless/issue-1009-comma.csv', 1, 2, ['0123', 'c']],
  ['csv/frictionless/issue-1009-semicolon.csv', 1, 2, ['0123', 'c']],
  ['csv/frictionless/issue-1100.csv', 2, 2, ['1', '2022-05-25 10.39.15']],
  ['csv/frictionless/issue-1105-timezone.csv', 2, 2, ['1', '2020-01-01 12:00:00+00']],
  ['csv/frictionless/issue-1138.csv', 7, 4, ['15.07.2013', '142', 'qualitätsgesichert', undefined]],
  ['csv/frictionless/issue-1232.csv', 5, 7, ['190480090', '19', '048', '0090']],
  ['csv/frictionless/issue-277.csv', 75, 71, ['D18-A3', 'Context', 'Deposit', 'V-01 to 03']],
  ['csv/frictionless/issue-493.csv', 9, 126, [undefined, undefined, undefined, undefined]],
  ['csv/frictionless/issue-844.csv', 2, 2, ['tom', '67']],
  ['csv/frictionless/issue-991.csv', 1, 3, ['1', '2', '3']],
  ['csv/frictionless/leading-zeros.csv', 3, 1, ['00003']],
  ['csv/frictionless/long.csv', 6, 2, ['6', 'f']],
  ['csv/frictionless/matrix.csv', 4, 4, ['41', '42', '43', '44']],
  ['csv/frictionless/nested-invalid.csv', 5, 3, ['5', '6', 'Rome']],
  ['csv/frictionless/number-test.csv', 13, 6, ['4e4', '4e4', '4e4', '4e4']],
  ['csv/frictionless/table-1MB.csv', 10000, 10, ['tvkb2w', '61556', '397.12', '835.824']],
  ['csv/frictionless/table-delimiter.csv', 2, 2, ['2', '中国人']],
  ['csv/frictionless/table-infer-increase-limit.csv', 199, 2, ['0', '1.1']],
  ['csv/frictionless/table-infer-missing-values.csv', 7, 3, ['4', '28', 'Judy']],
  ['csv/frictionless/table-limits.csv', 3, 4, ['9', '10', '11', '12']],
  ['csv/frictionless/table-unicode-headers.csv', 2, 2, ['2', '中国人']],
  ['csv/frictionless/timezone-with-id.csv', 4, 3, ['4', '2020-01-01 18:00:00+00', '15:00:00-03:00']],
  ['csv/frictionless/timezone.csv', 4, 2, ['2020-01-01 18:00:00+00', '15:00:00-03:00']],
  ['csv/frictionless/vix.csv', 2, 5, ['2004-01-06 00:00:00+00', '16.73', '17.67', '16.19']],
  ['csv/frictionless/without-headers.csv', 3, 2, ['3', 'german']],
  ['csv/frictionless/Таблица.csv', 2, 2, ['2', '中国人']],
  ['made/bom_quoted_header.csv', 1, 2, ['1', '2']],
  ['made/constant_and_null.csv', 50, 4, ['7', undefined, 'u49', '49']],
  ['made/cr_only.csv', 3, 3, ['3', 'Ada', undefined]],
  ['made/crlf.csv', 3, 3, ['3', 'Ada', undefined]],
  ['made/dates.csv', 14, 1, ['9999-12-31']],
  ['made/exponent_precision.csv', 6, 1, ['3.141592653589793238462643383279']],
  ['made/long_cell_2mb.csv.gz', 2, 2, ['2', 'y']],
  ['made/md_injection.csv', 9, 2, ['9', '![x](https://example.invalid/pixel.png)']],
  ['made/missing_markers.csv', 15, 1, ['2']],
  ['made/no_final_newline_quote.csv', 1, 2, ['1', 'x,y']],
  ['made/numbers.csv', 24, 2, ['empty', undefined]],
  ['made/single_column.csv', 3, 1, ['3']],
  ['made/tabs.tsv', 2, 2, ['2', 'q\tr']],
  ['made/trailing_comma.csv', 2, 3, ['3', '4', undefined]],
  ['made/utf16le_bom.csv', 3, 3, ['3', 'Ada', undefined]],
  ['made/utf16le_nobom.csv', 3, 3, ['3', 'Ada', undefined]],
  ['made/workflow_command_injection.csv', 9, 2, ['9', 'EOF\nfoo=bar\nEOF']],
  ['parquet/frictionless/table.parq', 2, 2, ['2']],
  ['parquet/hyparquet/duckdb2557.parquet', 100, 3, []],
  ['parquet/hyparquet/duckdb3734.parquet', 10, 2, ['tt0000004']],
  ['parquet/hyparquet/duckdb4442.parquet', 1, 17, ['12']],
  ['parquet/hyparquet/duckdb5533.parquet', 4, 5, []],
  ['parquet/hyparquet/issue23.parquet', 1, 3, []],
  ['parquet/hyparquet/struct_strings.parquet', 2, 1, []],
  ['parquet/hyparquet/unsigned.parquet', 2, 4, ['255']],
  ['parquet/parquet-testing-bad/ARROW-GH-43605.parquet', 21186, 1, ['0']],
  ['parquet/parquet-testing/alltypes_plain.parquet', 8, 11, ['1']],
  ['parquet/parquet-testing/alltypes_plain.snappy.parquet', 2, 11, ['7']],
  ['parquet/parquet-testing/binary.parquet', 12, 1, []],
  ['parquet/parquet-testing/binary_truncated_min_max.parquet', 12, 6, ['Kevin Bacon']],
  ['parquet/parquet-testing/byte_stream_split.zstd.parquet', 300, 2, []],
  ['parquet/parquet-testing/case-001.parquet', 1, 2, ['1']],
  ['parquet/parquet-testing/data_index_bloom_encoding_stats.parquet', 14, 1, ['dog']],
  ['parquet/parquet-testing/datapage_v1-snappy-compressed-checksum.parquet', 5120, 2, ['16909060']],
  ['parquet/parquet-testing/datapage_v1-uncompressed-checksum.parquet', 5120, 2, ['16909060']],
  ['parquet/parquet-testing/delta_binary_packed.parquet', 200, 66, ['6374628540732951412']],
  ['parquet/parquet-testing/dict-page-offset-zero.parquet', 39, 1, ['1552']],
  ['parquet/parquet-testing/fixed_length_byte_array.parquet', 1000, 1, []],
  ['parquet/parquet-testing/fixed_length_decimal_legacy.parquet', 24, 1, []],
  ['parquet/parquet-testing/float16_nonzeros_and_nans.parquet', 8, 1, []],
  ['parquet/parquet-testing/float16_zeros_and_nans.parquet', 3, 1, []],
  ['parquet/parquet-testing/geospatial.parquet', 196, 3, ['geometrycollection-zm']],
  ['parquet/parquet-testing/int32_decimal.parquet', 24, 1, []],
  ['parquet/parquet-testing/int32_with_null_pages.parquet', 1000, 1, ['303403251']],
  ['parquet/parquet-testing/int64_decimal.parquet', 24, 1, []],
  ['parquet/parquet-testing/int96_from_spark.parquet', 6, 1, []],
  ['parquet/parquet-testing/list_columns.parquet', 3, 2, []],
  ['parquet/parquet-testing/lz4_raw_compressed.parquet', 4, 3, ['1593604801']],
  ['parquet/parquet-testing/nan_in_stats.parquet', 2, 1, []],
  ['parquet/parquet-testing/nation.dict-malformed.parquet', 25, 4, ['24']],
  ['parquet/parquet-testing/nested_lists.snappy.parquet', 3, 2, []],
  ['parquet/parquet-testing/nested_maps.snappy.parquet', 6, 3, []],
  ['parquet/parquet-testing/nested_structs.rust.parquet', 1, 36, []],
  ['parquet/parquet-testing/nonnullable.impala.parquet', 1, 6, ['8']],
  ['parquet/parquet-testing/nulls.snappy.parquet', 8, 1, []],
  ['parquet/parquet-testing/old_list_structure.parquet', 1, 1, []],
  ['parquet/parquet-testing/page_v2_empty_compressed.parquet', 10, 1, []],
  ['parquet/parquet-testing/plain-dict-uncompressed-checksum.parquet', 1000, 2, ['0']],
  ['parquet/parquet-testing/repeated_no_annotation.parquet', 6, 2, ['6']],
  ['parquet/parquet-testing/repeated_primitive_no_list.parquet', 4, 3, []],
  ['parquet/parquet-testing/rle_boolean_encoding.parquet', 68, 1, ['true']],
  ['parquet/parquet-testing/unknown-logical-type.parquet', 3, 2, ['known string 3']],
  // Damaged levels of nested columns, which pyarrow refuses and the engine does not notice.
  ['parquet/parquet-testing-bad/ARROW-GH-45185.parquet', 5, 1, []],
  ['parquet/parquet-testing-bad/ARROW-RS-GH-6229-LEVELS.parquet', 1, 1, []],
];

/** Files that must be refused, and the words that say why and what to do. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'csv/frictionless/empty.csv': /is empty/,
  'csv/frictionless/latin1.csv': /line 3 is not UTF-8 text; .*encoding: windows-1252/,
  'csv/frictionless/duplicate-headers.csv': /two columns named "id" and "id"/,
  'csv/frictionless/defective-rows.csv': /line 2 has 2 columns where line 1 has 3/,
  'csv/frictionless/capital-invalid.csv': /line 10 has 2 columns where line 1 has 3/,
  'csv/frictionless/invalid.csv': /line 2 has 2 columns where line 1 has 4/,
  'csv/frictionless/schema-errors.csv': /line 5 has 6 columns where line 1 has 3/,
  'csv/frictionless/structure-errors.csv': /line 5 has 6 columns where line 1 has 3/,
  'csv/frictionless/without-headers-extra.csv': /line 3 has 3 columns where line 1 has 2/,
  'csv/frictionless/skip-blank-at-the-end.csv': /line 2 has 1 column where line 1 has 2/,
  'csv/frictionless/skip-rows-before-headers.csv': /line 2 has 2 columns .*before the header/,
  'csv/frictionless/skip-rows.csv': /line 2 has 2 columns .*before the header/,
  'csv/frictionless/countries.csv': /line 2 has 4 columns .*before the header/,
  'csv/frictionless/implicit-gz.csv': /holds gzip data.*name it ….gz/,
  'csv/frictionless/table.csv.bz2': /is bzip2, which is not read; unpack it/,
  'csv/frictionless/doublequote.csv.zip': /is zip, which is not read; unpack it/,
  'csv/frictionless/without-rows.csv.zip': /is zip, which is not read; unpack it/,
  'csv/frictionless/table.csv2k': /extension that is not read; use \.csv/,
  'csv/pointers/creditcard.lfs-pointer.csv.gz': /Git LFS pointer .*git lfs pull/,
  'csv/pointers/lfw-dataset.zip.dvc': /DVC pointer.*dvc pull/,
  'made/evil_headers.csv': /two columns named "g" and "g"/,
  'made/header_only_spaces.csv': /first line should name the columns/,
  'made/mixed_newlines.csv': /mixes kinds of line ends/,
  'made/not_csv.csv': /NUL byte \(at byte 8\)/,
  'made/nul_bytes.csv': /NUL byte \(at byte 11\)/,
  'made/only_newlines.csv': /only blank lines/,
  'made/unterminated_quote.csv': /line 2: a quotation mark is not closed/,
  'parquet/parquet-testing/byte_stream_split_extended.gzip.parquet': /BYTE_STREAM_SPLIT encoding is read for/,
  'parquet/parquet-testing/column_chunk_key_value_metadata.parquet': /columns but no rows/,
  'parquet/parquet-testing/encrypt_columns_plaintext_footer.parquet.encrypted': /extension that is not read/,
  'parquet/parquet-testing/uniform_encryption.parquet.encrypted': /is encrypted Parquet/,
  'parquet/parquet-testing/large_string_map.brotli.parquet': /Out of Memory/,
  'parquet/parquet-testing/map_no_value.parquet': /cannot be read as Parquet/,
  'parquet/parquet-testing/non_hadoop_lz4_compressed.parquet': /compression LZ4 is not read; write it with/,
  'parquet/parquet-testing/rle-dict-uncompressed-corrupt-checksum.parquet':
    /column "long_field" does not match its checksum/,
  'parquet/parquet-testing-bad/PARQUET-1481.parquet': /cannot be read as Parquet/,
  'parquet/parquet-testing-bad/ARROW-GH-41321.parquet': /cannot be read as Parquet/,
};

describeWithSharedData('odd files', () => {
  it.each(READ)('reads %s: %i rows, %i columns', async (path, rows, columns, last) => {
    await using set = await fixture.open(path, { baseDirectory: directory });
    expect([set.rowCount, set.columns.length]).toEqual([rows, columns]);
    expect(set.files).toMatchObject([{ path, rowsRead: rows, rejectedRows: 0 }]);
    const table = await set.read(set.columns.map(({ name }) => ({ name, as: 'text' as const })));
    expect(table.rowCount).toBe(rows);
    const cells = table.columns.map((column) =>
      column.kind === 'text' ? column.dictionary[column.codes[rows - 1]!] : undefined,
    );
    // An empty text stands for a long one.
    for (const [index, cell] of last.entries()) if (cell !== '') expect(cells[index]).toBe(cell);
    await set.profile(set.columns.map(({ name }) => name));
    await set.digest();
  });

  it.each(Object.entries(REFUSED))('refuses %s', async (path, reason) => {
    const failure = await readWhole(path).catch((error: unknown) => error);
    // A single value larger than the memory limit is the machine's limit, not the file's fault.
    expect(failure instanceof InputError || failure instanceof OutsideError).toBe(true);
    expect((failure as Error).message).toMatch(reason);
    expect((failure as Error).message).toContain(path);
  });

  it('names encrypted columns behind a readable footer', async () => {
    const path = 'parquet/parquet-testing/encrypt_columns_plaintext_footer.parquet.encrypted';
    await copyFile(join(directory, path), join(fixture.directory, 'encrypted.parquet'));
    await expect(fixture.open('encrypted.parquet')).rejects.toThrow(/has encrypted columns/);
  });

  it('reads latin1.csv as what it is declared to be', async () => {
    const path = 'csv/frictionless/latin1.csv';
    await using set = await fixture.open(path, { baseDirectory: directory, encoding: 'windows-1252' });
    const [name] = (await set.read([{ name: 'name', as: 'text' }])).columns;
    expect(name).toMatchObject({ dictionary: ['english', '©'] });
  });
});

describe.skipIf(!existsSync(directory))('the table', () => {
  it('covers every odd file', () => {
    const expected = [...READ.map(([path]) => path), ...Object.keys(REFUSED)].sort();
    expect(listOddFiles()).toEqual(expected);
  });
});

async function readWhole(path: string): Promise<void> {
  await using set = await fixture.open(path, { baseDirectory: directory });
  await set.read(set.columns.map(({ name }) => ({ name, as: 'text' as const })));
}

/** Without expected values and notes that lie beside the data. */
function listOddFiles(): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(json|md)$/.test(entry.name))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

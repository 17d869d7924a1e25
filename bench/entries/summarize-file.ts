/** DuckDB's own SUMMARIZE of a file as a whole process, for the benchmark. Argument: FILE. */
import { DuckDBInstance } from '@duckdb/node-api';

const [file = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const reader = await connection.runAndReadAll(`SUMMARIZE SELECT * FROM '${file}'`);
console.log(JSON.stringify({ columns: reader.currentRowCount }));

"""The rules of a contract in another tool, as a whole process: how many rows break them.

    validation-peers.py TOOL FILE RULES

TOOL is great-expectations, pandera or soda; RULES is a JSON list of the rules about rows as Contender has them. What a
tool has no word for is left out and counted. Prints one JSON object.
"""

import json
import sys

tool, path, rules_path = sys.argv[1:4]
rules = json.load(open(rules_path))
left_out = 0


def read_frame():
    import pandas

    if path.endswith(".parquet"):
        return pandas.read_parquet(path)
    texts = {rule["column"]: str for rule in rules if rule["kind"] == "type" and rule["type"] == "string"}
    times = [rule["column"] for rule in rules if rule["kind"] == "type" and rule["type"] in ("timestamp", "date")]
    return pandas.read_csv(path, dtype=texts, parse_dates=times)


def moment(milliseconds):
    import pandas

    return pandas.Timestamp(milliseconds, unit="ms")


def great_expectations():
    global left_out
    import great_expectations as gx

    expect = gx.expectations
    frame = read_frame()
    found = [expect.ExpectTableRowCountToBeBetween(min_value=1000, max_value=100_000_000)]
    for rule in rules:
        kind, column = rule["kind"], rule.get("column")
        if kind == "present":
            found.append(expect.ExpectColumnValuesToNotBeNull(column=column))
        elif kind == "range":
            found.append(expect.ExpectColumnValuesToBeBetween(column=column, min_value=rule.get("minimum"), max_value=rule.get("maximum")))
        elif kind == "time-range":
            frame[column] = frame[column].astype("datetime64[ns]")
            found.append(expect.ExpectColumnMinToBeBetween(column=column, min_value=moment(rule["minimum"])))
        elif kind == "set":
            values = [int(value) if frame[column].dtype.kind == "i" else value for value in rule["values"]]
            found.append(expect.ExpectColumnValuesToBeInSet(column=column, value_set=values))
        elif kind == "length":
            found.append(expect.ExpectColumnValueLengthsToBeBetween(column=column, min_value=rule.get("minimum"), max_value=rule.get("maximum")))
        elif kind == "pattern":
            found.append(expect.ExpectColumnValuesToMatchRegex(column=column, regex=rule["pattern"]))
        elif kind == "unique" and len(rule["columns"]) == 1:
            found.append(expect.ExpectColumnValuesToBeUnique(column=rule["columns"][0]))
        elif kind == "unique":
            found.append(expect.ExpectCompoundColumnsToBeUnique(column_list=rule["columns"]))
        elif kind == "type" and rule["type"] in ("integer", "number", "string"):
            names = {"integer": ["int8", "int32", "int64"], "number": ["float64"], "string": ["str", "object", "string"]}[rule["type"]]
            found.append(expect.ExpectColumnValuesToBeInTypeList(column=column, type_list=names))
        else:
            left_out += 1
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    result = batch.validate(gx.ExpectationSuite(name="rules", expectations=found))
    return len(found), sum(not each.success for each in result.results)


def pandera():
    global left_out
    import pandera.pandas as pa

    frame = read_frame()
    columns, whole = {}, [pa.Check(lambda rows: 1000 <= len(rows) <= 100_000_000)]
    asked = 1
    for rule in rules:
        kind, column = rule["kind"], rule.get("column")
        entry = columns.setdefault(column, {"checks": [], "nullable": True, "unique": False, "dtype": None}) if column else {}
        asked += 1
        if kind == "present":
            entry["nullable"] = False
        elif kind == "type":
            entry["dtype"] = str(frame[column].dtype)
        elif kind == "range":
            entry["checks"].append(pa.Check.in_range(rule.get("minimum", float("-inf")), rule.get("maximum", float("inf"))))
        elif kind == "time-range":
            frame[column] = frame[column].astype("datetime64[ns]")
            entry["dtype"] = None
            entry["checks"].append(pa.Check.ge(moment(rule["minimum"])))
        elif kind == "set":
            values = [int(value) if frame[column].dtype.kind == "i" else value for value in rule["values"]]
            entry["checks"].append(pa.Check.isin(values))
        elif kind == "length":
            entry["checks"].append(pa.Check.str_length(rule.get("minimum"), rule.get("maximum")))
        elif kind == "pattern":
            entry["checks"].append(pa.Check.str_matches(rule["pattern"]))
        elif kind == "unique" and len(rule["columns"]) == 1:
            columns.setdefault(rule["columns"][0], {"checks": [], "nullable": True, "dtype": None})["unique"] = True
        elif kind == "unique":
            names = rule["columns"]
            whole.append(pa.Check(lambda rows, names=names: ~rows.duplicated(names)))
        elif kind == "monotonic":
            whole.append(pa.Check(lambda rows, name=column: rows[name].is_monotonic_increasing))
        elif kind == "condition" and "merch_lat" in rule["expression"]:
            whole.append(pa.Check(lambda rows: ((rows.merch_lat - rows.lat).abs() <= 2) & ((rows.merch_long - rows.long).abs() <= 2)))
        else:
            left_out += 1
            asked -= 1
    columns.pop(None, None)
    schema = pa.DataFrameSchema(
        {name: pa.Column(entry["dtype"], entry["checks"], nullable=entry["nullable"], unique=entry["unique"]) for name, entry in columns.items()},
        checks=whole,
    )
    try:
        schema.validate(frame, lazy=True)
        return asked, 0
    except pa.errors.SchemaErrors as error:
        return asked, len(error.schema_errors)


def soda():
    global left_out
    import duckdb
    from soda.scan import Scan

    connection = duckdb.connect()
    times = {rule["column"]: "TIMESTAMP" for rule in rules if rule["kind"] == "type" and rule["type"] == "timestamp"}
    texts = {rule["column"]: "VARCHAR" for rule in rules if rule["kind"] == "type" and rule["type"] == "string"}
    reader = "read_parquet" if path.endswith(".parquet") else "read_csv"
    types = "" if path.endswith(".parquet") else f", types = {json.dumps({**times, **texts})}"
    connection.execute(f"CREATE TABLE transactions AS SELECT * FROM {reader}('{path}'{types})")
    checks = ["row_count between 1000 and 100000000"]
    for rule in rules:
        kind, column = rule["kind"], rule.get("column")
        if kind == "present":
            checks.append(f'missing_count("{column}") = 0')
        elif kind == "range":
            checks.append({f'invalid_count("{column}") = 0': {"valid min": rule["minimum"], "valid max": rule["maximum"]}})
        elif kind == "time-range":
            checks.append({f"failed rows": {"fail condition": f"epoch_ms({column}) < {rule['minimum']}"}})
        elif kind == "set":
            checks.append({f'invalid_count("{column}") = 0': {"valid values": [int(v) if v.isdigit() else v for v in rule["values"]]}})
        elif kind == "length":
            checks.append({f'invalid_count("{column}") = 0': {"valid min length": rule["minimum"], "valid max length": rule["maximum"]}})
        elif kind == "pattern":
            checks.append({f'invalid_count("{column}") = 0': {"valid regex": rule["pattern"]}})
        elif kind == "unique":
            checks.append(f"duplicate_count({', '.join(rule['columns'])}) = 0")
        elif kind == "condition":
            checks.append({"failed rows": {"fail condition": f"NOT ({rule['expression']})"}})
        else:
            left_out += 1
    scan = Scan()
    scan.disable_telemetry()
    scan.add_duckdb_connection(connection)
    scan.set_data_source_name("duckdb")
    scan.add_sodacl_yaml_str(json.dumps({"checks for transactions": checks}))
    scan.execute()
    errors = scan.get_error_logs_text()
    if errors:
        raise RuntimeError(errors[:500])
    return len(checks), len(scan.get_checks_fail())


asked, broken = {"great-expectations": great_expectations, "pandera": pandera, "soda": soda}[tool]()
print(json.dumps({"rules": asked, "leftOut": left_out, "broken": broken}))

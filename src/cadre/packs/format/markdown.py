"""The tables of the case format as Markdown, for the reference page."""

from cadre.packs.format.columns import Column, Table


def as_markdown(tables: list[Table]) -> str:
    """One section for each file, with every column."""
    return "\n".join(section(table) for table in tables)


def section(table: Table) -> str:
    rows = "\n".join(line(column, table) for column in table.columns)
    nature = "never changed" if table.stated else "may change"
    return (
        f"### `{table.file}`\n\n{table.purpose} Rows: {nature}.\n\n"
        f"| column | holds | needed | meaning |\n| --- | --- | --- | --- |\n{rows}\n"
    )


def line(column: Column, table: Table) -> str:
    needed = "key" if column.name in table.key else "yes" if column.required else ""
    return f"| `{column.name}` | {holds(column)} | {needed} | {column.meaning} |"


def holds(column: Column) -> str:
    if column.choices:
        return ", ".join(f"`{choice}`" for choice in column.choices)
    what = column.kind.value
    if column.to == "lines":
        return f"{what} of line codes"
    if column.to:
        what = {"code": "key", "list": "list of keys", "all or a list": "`all`, or a list of keys"}[
            what
        ]
        return f"{what} of `{column.to}.tsv`"
    return f"{what}, at most {column.limit}" if column.limit else what

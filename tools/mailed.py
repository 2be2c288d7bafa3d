from dataclasses import dataclass, field


@dataclass(frozen=True)
class MailedTable:
    """A table in a mail: texts in the reader's language, as they are to be shown.

    :param headings: above the columns
    :param numbers: whether each column has numbers, which stand below each other
    :param rows: of cells
    :param total: the cells of the last row; empty without one
    :param title: above the table
    :param left_out: how many rows there are beside these
    """

    headings: list[str]
    numbers: list[bool]
    rows: list[list[str]]
    total: list[str] = field(default_factory=list)
    title: str = ""
    left_out: int = 0

    @property
    def row_count(self) -> int:
        return len(self.rows) + self.left_out


@dataclass(frozen=True)
class Mailed:
    """What a mail tells of a view.

    :param words: lines that say what it is of, such as its filter
    :param row_count: how many rows the view has
    :param log_model: name of the model that the log of exports names
    :param paths: what the tables show, for that log: paths of field names
    """

    tables: list[MailedTable]
    words: list[str]
    row_count: int
    log_model: str
    paths: list[list[str]]

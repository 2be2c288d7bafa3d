from collections.abc import Iterable

from odoo.tools import SQL


class Expression(SQL):
    """SQL on the lines of a source that says which joins it needs::

        Expression("line.quantity")
        Expression("%s * uom.factor", quantity, needs="uom")
        column("template", "categ_id")

    It needs what its parts need as well. Of a part that is plain ``SQL`` it is not known what it
    needs, so that the whole gets all joins of the source. ``Expression(sql, needs=...)`` says it.

    :param needs: the aliases beside ``line`` that the code names, one or several
    """

    __slots__ = ("needs",)

    #: The aliases it needs; None where that is not known
    needs: frozenset[str] | None

    def __init__(self, code="", /, *args, needs: str | Iterable[str] = (), **kwargs):
        super().__init__(code, *args, **kwargs)
        parts = [part for part in (*args, *kwargs.values()) if isinstance(part, SQL)]
        if isinstance(code, Expression):
            parts.append(code)
        known = [frozenset([needs] if isinstance(needs, str) else needs), *map(needs_of, parts)]
        self.needs = None if None in known else frozenset().union(*known)

    def join(self, args: Iterable) -> "Expression":
        args = list(args)
        joined = Expression(super().join(args))
        known = [needs_of(part) for part in (self, *args) if isinstance(part, SQL)]
        joined.needs = None if None in known else frozenset().union(*known)
        return joined


def column(alias: str, name: str) -> Expression:
    """A column of a table that a source joins."""
    return Expression(SQL.identifier(alias, name), needs=alias)


def needs_of(sql: SQL) -> frozenset[str] | None:
    """The aliases that ``sql`` needs; None where that is not known."""
    return sql.needs if isinstance(sql, Expression) else None


# For a column that no line of a source ever has: a search for it leaves the source out
FALSE = Expression("FALSE")

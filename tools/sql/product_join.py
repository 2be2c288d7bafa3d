from collections.abc import Callable

from odoo.tools import SQL


def _product_join() -> SQL:
    # In one bracket, so that PostgreSQL looks each line's product up once, and not three times:
    # that is a tenth of the time that adding up all lines takes.
    return SQL(
        """
        LEFT JOIN (
            product_product product
            JOIN product_template template ON template.id = product.product_tmpl_id
            JOIN uom_uom product_uom ON product_uom.id = template.uom_id
        ) ON product.id = line.product_id
        """
    )


def _line_uom_join() -> SQL:
    return SQL("LEFT JOIN uom_uom line_uom ON line_uom.id = line.product_uom_id")


# The joins that bring the product of ``line``, by the aliases that they bring
PRODUCT_JOINS: dict[str, Callable[[], SQL]] = {
    "product": _product_join,
    "template": _product_join,
    "product_uom": _product_join,
}

# The join that brings the unit of ``line``, where lines have one of their own
LINE_UOM_JOINS: dict[str, Callable[[], SQL]] = {"line_uom": _line_uom_join}

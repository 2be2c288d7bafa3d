"""Customers: companies with their contacts, and persons; with countries, industries and tags."""

from odoo.fields import Command
from odoo.tools import SQL

from .bulk import create_table, insert_like, reserve_ids

LINES_PER_CUSTOMER = 60
COUNTRIES = "us de fr be nl gb es it at ch ca mx br in jp au se pl eg ae".split()
CITIES = 500
TAGS = 10


def create_customers(env, count):
    """Write ``count`` customers, and their contacts.

    They are noted in the temporary tables ``bench_customer`` (number, partner_id, contacts: how
    many) and ``bench_contact`` (customer number, number, partner_id).
    """
    company = env["res.partner"].create({"name": "Example", "is_company": True})
    person = env["res.partner"].create({"name": "Example", "is_company": False})
    contact = env["res.partner"].create({"name": "Example", "parent_id": company.id})
    countries = [env.ref(f"base.{code if code != 'gb' else 'uk'}").id for code in COUNTRIES]
    industries = env["res.partner.industry"].search([], order="id").ids
    tags = env["res.partner.category"].create([{"name": f"Tag {n}"} for n in range(TAGS)]).ids
    env.flush_all()
    last = reserve_ids(env, "res_partner", count)
    customers = SQL(
        """
        SELECT customer.number, %s + customer.number AS partner_id,
               customer.number %% 5 < 3 AS is_company,
               CASE WHEN customer.number %% 5 < 3 THEN customer.number %% 5 + 1 ELSE 0 END
                    AS contacts,
               CASE WHEN customer.number %% 5 < 3 THEN %s ELSE %s END AS example_id,
               'Customer ' || to_char(customer.number, 'FM0000000') AS name,
               (%s::int[])[customer.number * 7 %% %s + 1] AS country_id,
               (%s::int[])[customer.number * 11 %% %s + 1] AS industry_id,
               seller.user_id
          FROM generate_series(1, %s) AS customer (number)
          JOIN bench_seller AS seller
            ON seller.number = customer.number * 3 %% (SELECT count(*) FROM bench_seller)
        """,
        *(last, company.id, person.id),
        *(countries, len(countries), industries, len(industries), count),
    )
    create_table(env, "bench_customer", customers)
    insert_like(
        env,
        "res_partner",
        SQL("SELECT *, partner_id AS record_id FROM bench_customer"),
        commercial_partner_id="source.partner_id",
        name="source.name",
        complete_name="source.name",
        country_id="source.country_id",
        industry_id="source.industry_id",
        user_id="source.user_id",
        city=f"'City ' || source.number * 13 %% {CITIES}",
        email="'customer' || source.number || '@example.com'",
        customer_rank="1",
    )
    contacts = SQL(
        """
        SELECT customer.number AS customer, contact.number, customer.partner_id AS parent_id,
               customer.name AS parent_name, customer.country_id, %s AS example_id,
               'Contact ' || contact.number AS name, nextval('res_partner_id_seq')::int
                    AS partner_id
          FROM bench_customer AS customer, generate_series(1, contacts) AS contact (number)
        """,
        contact.id,
    )
    create_table(env, "bench_contact", contacts)
    insert_like(
        env,
        "res_partner",
        SQL("SELECT *, partner_id AS record_id FROM bench_contact"),
        commercial_partner_id="source.parent_id",
        parent_id="source.parent_id",
        name="source.name",
        complete_name="source.parent_name || ', ' || source.name",
        commercial_company_name="source.parent_name",
        country_id="source.country_id",
    )
    env.cr.execute(
        SQL(
            "INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)"
            " SELECT partner_id, (%s::int[])[number %% %s + 1] FROM bench_customer"
            " WHERE number %% 3 = 0",
            tags,
            TAGS,
        )
    )
    (company | person | contact).write({"active": False, "category_id": [Command.clear()]})

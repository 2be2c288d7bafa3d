"""Mails of the app: in the language of their reader, to be read in its direction."""

from odoo import fields
from odoo.tools.misc import get_lang

from ..tools.number_text import number_text


def mail_html(env, template: str, title: str, values: dict) -> str:
    """A mail in HTML.

    :param env: the reader's environment
    :param template: name of a template of this app that is called within ``mail_frame``
    :param title: above the text
    :param values: what else the template asks for
    """
    is_turned = get_lang(env).direction == "rtl"
    return (
        env["ir.qweb"]
        .sudo()
        ._render(
            f"customer_sales_report.{template}",
            {
                "title": title,
                "company": env.company.sudo().name,
                "direction": "rtl" if is_turned else "ltr",
                "start": "right" if is_turned else "left",
                "end": "left" if is_turned else "right",
                "more": lambda rows: env._(
                    "These are the first rows; there are %s more in Odoo.", number_text(env, rows)
                ),
                **values,
            },
            minimal_qcontext=True,
        )
    )


def queue_mail(env, subject: str, body: str, author, attachments=()):
    """Hand a mail to Odoo's own queue.

    :param env: the environment of its reader, who gets it
    :param author: the user whom answers go to
    :return: the mail, in superuser mode
    """
    author = author.sudo()
    return (
        env["mail.mail"]
        .sudo()
        .create(
            {
                "subject": _one_line(subject),
                "body_html": body,
                "email_from": _one_line(
                    env.company.sudo().email_formatted or author.email_formatted
                ),
                "reply_to": _one_line(author.email_formatted),
                "email_to": _one_line(env.user.sudo().email_formatted),
                "author_id": author.partner_id.id,
                "attachment_ids": [fields.Command.link(each.id) for each in attachments],
                "auto_delete": True,
                "headers": {
                    "Auto-Submitted": "auto-generated",
                    "X-Auto-Response-Suppress": "OOF",  # no answers of the absent
                },
            }
        )
    )


def _one_line(text) -> str | bool:
    """What stands in a header: a line break would begin another one, and no server takes such a
    mail."""
    return " ".join(text.split()) if text else False

"""Numbers instead of names, for files that leave the house.

A number is the same in every export of a database, and nobody without the database's secret can
tell whose it is, or even that two databases know the same customer.
"""

import base64
import hashlib
import hmac
import secrets

from ...tools.terms import PSEUDONYM_SECRET_PARAMETER

DIGITS = 12  # of 5 bits each: two of a million customers meet once in two million databases


class Pseudonyms:
    def __init__(self, env):
        parameters = env["ir.config_parameter"].sudo()
        secret = parameters.get_param(PSEUDONYM_SECRET_PARAMETER)
        if not secret:
            secret = secrets.token_hex(32)
            parameters.set_param(PSEUDONYM_SECRET_PARAMETER, secret)
        self._secret = secret.encode()

    def of(self, prefix: str, key) -> str:
        """The number of what ``key`` is the identity of, such as ``C-4F7K9QTM2XBD``.

        :param prefix: the kind of thing: the same key of another kind has another number
        """
        digest = hmac.new(self._secret, f"{prefix}:{key}".encode(), hashlib.sha256).digest()
        return f"{prefix}-{base64.b32encode(digest).decode()[:DIGITS]}"

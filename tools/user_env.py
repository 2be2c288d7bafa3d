"""What is done for users who are not at the screen."""


def user_env(env, user, company_ids: list[int], **context):
    """The environment of a user: with the user's rights of now, whatever those of ``env`` are.

    :param user: a record whose language and time zone may be read
    :param company_ids: the companies, the current one first
    :param context: what is to be other than the user's own, such as ``tz``
    """
    own = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": company_ids}
    return env(user=user.id, su=False, context={**own, **context})

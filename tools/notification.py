def notification(message: str) -> dict:
    """The action that tells the user something, in passing."""
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {"type": "info", "message": message},
    }

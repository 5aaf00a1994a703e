"""How fast what is due goes out, beside the pace of the mail server itself."""

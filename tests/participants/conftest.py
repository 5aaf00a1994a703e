from tests.browser import chromium, new_page

__all__ = ["chromium", "new_page"]

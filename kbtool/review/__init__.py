"""The local web app: what a person looks at in a browser on this machine."""

from kbtool.review.preview import preview_server

__all__ = ["preview_server"]

"""Log lines for people or for machines; never a token, a query or a name."""

import json
import logging
from typing import Any

PLAIN = "%(asctime)s %(levelname)-7s %(name)s  %(message)s"


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"time": self.formatTime(record), "level": record.levelname, "logger": record.name}
        line |= {"message": record.getMessage()}
        if hasattr(record, "request_id"):
            line["request_id"] = record.request_id
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_config(log_format: str) -> dict[str, Any]:
    """For ``logging.config.dictConfig``; the server's own access log is left out, for it names queries."""
    formatter = {"()": JsonFormatter} if log_format == "json" else {"format": PLAIN, "datefmt": "%H:%M:%S"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {name: {"level": "INFO"} for name in ("clinic", "uvicorn.error", "resolvers")},
    }

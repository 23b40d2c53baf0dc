"""Configure the log: lines for people or for machines, and never a token, a query or a name."""

import json
import logging
from datetime import UTC, datetime
from logging.config import dictConfig
from typing import Any

from db import request_stats
from schema.server.settings import Settings

TEXT = "%(asctime)s %(levelname)-7s %(name)s  %(message)s"
LOGGERS = ("clinic", "schema", "resolvers", "db", "uvicorn.error")


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": time.replace("+00:00", "Z"), "level": record.levelname, "logger": record.name}
        line |= {"message": record.getMessage()}
        if request_id := getattr(record, "request_id", ""):
            line["request_id"] = request_id
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class RequestContext(logging.Filter):
    """Let every line pass, with the id of the request in which it is written, if there is one.

    ``uvicorn.error`` is called ``uvicorn``: starts and stops are no errors.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.name = record.name.removesuffix(".error")
        record.request_id = request_stats.current().request_id
        return True


def configure_logs(settings: Settings) -> None:
    """Send log lines to standard error, as ``LOG_FORMAT`` says."""
    dictConfig(log_config(settings.log_format))


def log_config(log_format: str) -> dict[str, Any]:
    """Return the configuration for ``dictConfig``, without uvicorn's access log, which would hold queries."""
    formatter = {"()": JsonFormatter} if log_format == "json" else {"format": TEXT, "datefmt": "%H:%M:%S"}
    handler = {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "filters": {"context": {"()": RequestContext}},
        "handlers": {"stderr": {**handler, "filters": ["context"]}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {name: {"level": "INFO"} for name in LOGGERS},
    }

"""Reads file names out of headers as Python's mail package does, by RFC 2231, of which RFC 8187 is a part.

Reads a JSON list of values of Content-Disposition, and answers with a list of
    [<disposition>, <file name for who reads the plain one alone>, <file name for all others>]
"""

import json
import sys
from email.message import Message
from email.utils import collapse_rfc2231_value

answers = []
for header in json.load(sys.stdin):
    message = Message()
    message["Content-Disposition"] = header
    (disposition, _), *parameters = message.get_params(header="content-disposition")
    names = [value for name, value in parameters if name == "filename"]
    assert len(names) == len(parameters), parameters
    plain = [value for value in names if isinstance(value, str)]
    encoded = [collapse_rfc2231_value(value) for value in names if not isinstance(value, str)]
    answers.append([disposition, *plain, *(encoded or plain)])
json.dump(answers, sys.stdout)

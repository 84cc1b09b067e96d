"""What others make of signed URLs: Python's percent-encoding, botocore's signer, OpenSSL's verification.

Reads JSON lines. The first one:
    {"origin": "http://host", "keys": {"<key pair ID>": "<private key in PEM>", …}}
and then one for each object:
    {"key": "<S3 key>", "expires": <epoch seconds>, "url": "<signed URL>"}
It answers each of these with a line:
    {"url": "<the URL to be signed>", "verified": <whether OpenSSL accepts the signature over it>,
     "botocore": "<botocore's signed URL>" or null where botocore cannot make one}
"""

import base64
import datetime
import json
import sys
import urllib.parse

from botocore.signers import CloudFrontSigner
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

FROM_CLOUDFRONT = str.maketrans("-_~", "+=/")


class Pair:
    """A key pair, with the signer that botocore makes of an RSA key. It knows SHA-1 alone."""

    def __init__(self, pair_id, pem):
        self.private = load_pem_private_key(pem.encode(), None)
        self.is_rsa = isinstance(self.private, rsa.RSAPrivateKey)
        self.signer = CloudFrontSigner(pair_id, self._sign)

    def _sign(self, message):
        return self.private.sign(message, padding.PKCS1v15(), hashes.SHA1())

    def accepts(self, signature, message, algorithm):
        scheme = (padding.PKCS1v15(), algorithm) if self.is_rsa else (ec.ECDSA(algorithm),)
        try:
            self.private.public_key().verify(signature, message, *scheme)
            return True
        except InvalidSignature:
            return False


setting = json.loads(sys.stdin.readline())
pairs = {pair_id: Pair(pair_id, pem) for pair_id, pem in setting["keys"].items()}

for line in sys.stdin:
    asked = json.loads(line)
    url = setting["origin"] + "/" + urllib.parse.quote(asked["key"], safe="/")
    until = datetime.datetime.fromtimestamp(asked["expires"], datetime.timezone.utc)
    sent = dict(pair.split("=") for pair in urllib.parse.urlsplit(asked["url"]).query.split("&"))
    pair = pairs[sent["Key-Pair-Id"]]
    sha256 = sent.get("Hash-Algorithm") == "SHA256"
    policy = pair.signer.build_policy(url, until).encode()
    signature = base64.b64decode(sent["Signature"].translate(FROM_CLOUDFRONT), validate=True)
    answer = {
        "url": url,
        "verified": pair.accepts(signature, policy, hashes.SHA256() if sha256 else hashes.SHA1()),
        "botocore": pair.signer.generate_presigned_url(url, date_less_than=until)
        if pair.is_rsa and not sha256
        else None,
    }
    print(json.dumps(answer))

"""The pair of keys by which push services know this node (VAPID, RFC 8292), from one secret."""

from base64 import urlsafe_b64encode
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
PURPOSE: Final = b"cadre web push"
BYTES: Final = 48  # 128 bits more than the order, so that no key is likelier (FIPS 186-5, A.2.1)


def private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """The key of this node: the same for the same secret, which must be long and random."""
    drawn = HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=PURPOSE).derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, ec.SECP256R1())


def application_server_key(secret: str) -> str:
    """What a page gives to `pushManager.subscribe`: the public key, in base64url."""
    public = private_key(secret).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()

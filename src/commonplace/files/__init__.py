"""Pictures and documents of members: stored by digest, served only to who may read a text that names them."""

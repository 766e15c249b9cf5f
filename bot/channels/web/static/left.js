// Nothing of who has left stays in the browser, also where it does not heed Clear-Site-Data.
"use strict";

localStorage.clear();
sessionStorage.clear();

// The admin's form says `novalidate`; here the browser may stop an empty body before the server has to.
const form = document.querySelector("form[novalidate]");
if (form) form.noValidate = false;
